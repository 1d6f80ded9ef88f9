"""A device that makes and uses passkeys, in software: what a browser would send."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

_FLAG = AuthenticatorData.FLAG


@dataclass
class Device:
    """Holds one passkey. ``verifies``: it checks its owner's finger, face or code."""

    origin: str = "http://localhost"
    host: str = "localhost"
    verifies: bool = True
    count: int = 0
    credential: bytes = field(default_factory=lambda: uuid4().bytes)
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    owner: bytes = b""

    def make(self, options: dict[str, Any]) -> str:
        """The answer to ``navigator.credentials.create``."""
        self.owner = websafe_decode(options["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(Aaguid.NONE, self.credential, public)
        data = AuthenticatorData.create(
            sha256(self.host.encode()), self._flags() | _FLAG.AT, self.count, held
        )
        made = AttestationObject.create("none", data, {})
        client = CollectedClientData.create("webauthn.create", options["challenge"], self.origin)
        return self._written({"clientDataJSON": client, "attestationObject": made})

    def use(self, options: dict[str, Any]) -> str:
        """The answer to ``navigator.credentials.get``."""
        self.count += 1
        data = AuthenticatorData.create(sha256(self.host.encode()), self._flags(), self.count)
        client = CollectedClientData.create("webauthn.get", options["challenge"], self.origin)
        signature = self.key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._written(
            {
                "clientDataJSON": client,
                "authenticatorData": data,
                "signature": signature,
                "userHandle": self.owner,
            }
        )

    def _flags(self) -> Any:
        return _FLAG.UP | (_FLAG.UV if self.verifies else _FLAG(0))

    def _written(self, response: dict[str, bytes]) -> str:
        name = websafe_encode(self.credential)
        parts = {key: websafe_encode(bytes(value)) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": parts})
