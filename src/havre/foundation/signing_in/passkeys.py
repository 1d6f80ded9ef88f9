"""What is asked of a passkey and what its answer proves (WebAuthn), by the `fido2` library.

User verification is always asked for: a passkey is then two factors in one, what one has and what one
knows or is. The attestation of its maker is not asked: any will do, and it would tell the device apart.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast
from uuid import UUID

from fido2 import cbor
from fido2.cose import CoseKey, UnsupportedKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from havre.foundation.refusals import Refusal

Answer = Mapping[str, Any]
_MALFORMED = (
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError),
    *(struct.error, OverflowError, NotImplementedError),
)


class WrongPasskey(Refusal):
    """The answer does not prove what it should: another key, another site, too old, or damaged."""


@dataclass(frozen=True)
class Site:
    """Where passkeys are for: the name shown, the host they are bound to, the address of the pages."""

    name: str
    host: str
    origin: str


class Challenge(NamedTuple):
    """What the browser is asked, as JSON, and what the server remembers until the answer."""

    options: dict[str, Any]
    state: dict[str, Any]


@dataclass(frozen=True)
class NewPasskey:
    credential: bytes
    public_key: bytes
    sign_count: int


def ask_new(
    *, site: Site, account: UUID, number: str, name: str, held: Sequence[bytes]
) -> Challenge:
    """Ask a device for a new passkey, unless it holds one of ``held``."""
    made, state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=account.bytes, name=number, display_name=name),
        credentials=[_descriptor(one) for one in held],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Challenge(dict(made.public_key), state)


def read_new(answer: Answer, *, site: Site, state: Mapping[str, Any]) -> NewPasskey:
    """The new passkey. Refuses :class:`WrongPasskey`."""
    try:
        data = _server(site).register_complete(state, answer)
        made = data.credential_data
    except _MALFORMED as error:
        raise WrongPasskey from error
    if made is None or isinstance(made.public_key, UnsupportedKey):
        raise WrongPasskey
    return NewPasskey(made.credential_id, cbor.encode(dict(made.public_key)), data.counter)


def ask(*, site: Site, held: Sequence[bytes]) -> Challenge:
    """Ask for one of ``held``; for any of this site where there is none."""
    made, state = _server(site).authenticate_begin(
        credentials=[_descriptor(one) for one in held] or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Challenge(dict(made.public_key), state)


def credential_of(answer: Answer) -> bytes:
    """Which passkey an answer says it comes from. Refuses :class:`WrongPasskey`."""
    try:
        return AuthenticationResponse.from_dict(answer).raw_id
    except _MALFORMED as error:
        raise WrongPasskey from error


def read(answer: Answer, *, site: Site, state: Mapping[str, Any], held: NewPasskey) -> int:
    """The new count of signatures of the passkey ``held``. Refuses :class:`WrongPasskey`.

    A count that does not grow tells of a copy (WebAuthn 7.2, step 22); zero is of those that count none.
    """
    try:
        key = CoseKey.parse(cast("Mapping[int, Any]", cbor.decode(held.public_key)))
        known = AttestedCredentialData.create(Aaguid.NONE, held.credential, key)
        _server(site).authenticate_complete(state, [known], answer)
        count = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    except _MALFORMED as error:
        raise WrongPasskey from error
    if (count or held.sign_count) and count <= held.sign_count:
        raise WrongPasskey
    return count


def _server(site: Site) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(name=site.name, id=site.host),
        verify_origin=lambda origin: origin == site.origin,
    )


def _descriptor(credential: bytes) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(credential)
    )
