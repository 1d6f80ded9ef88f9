"""The seal of the house on a file: PAdES B-B, by a key on the curve P-256.

The seal is added behind the file's own bytes, which stay as the press printed them, metadata included: so
the file is PDF/A-2 and PDF/UA-1 still. It shows nothing on the page: its field has no extent, which is what
exempts it from the rules on how fields look and are read out (PDF/A-2, 6.3.3; PDF/UA-1, 7.18.1).
"""

import io
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from havre.foundation.refusals import Refusal

FIELD = "Seal"
# What a seal holds beside its certificates is under 600 bytes, and names that are in the first of them. Told
# how much room to leave (in hexadecimal digits), pyHanko does not seal twice to find out.
_BESIDE_CERTIFICATES = 768


class WrongSeal(Refusal):
    """The key and the certificate of the seal cannot be read, or do not go together."""


class Seal:
    """A key, held by this process, and the certificate that says whose it is."""

    def __init__(self, *, key: bytes, certificate: bytes) -> None:
        """Both PEM, the certificate perhaps followed by those above it. Refuses ``WrongSeal``."""
        try:
            private = serialization.load_pem_private_key(key, password=None)
            own, *above = x509.load_pem_x509_certificates(certificate)
        except (ValueError, TypeError):
            raise WrongSeal("a key or a certificate is no PEM, or the key has a password") from None
        if not isinstance(private, ec.EllipticCurvePrivateKey) or private.key_size != 256:
            raise WrongSeal("the key is not on the curve P-256")
        if private.public_key() != own.public_key():
            raise WrongSeal("the certificate is of another key")
        self.begins, self.ends = own.not_valid_before_utc, own.not_valid_after_utc
        certificates = [_asn1(one) for one in (own, *above)]
        sizes = [len(one.dump()) for one in certificates]
        self._room = 2 * (sum(sizes) + sizes[0] + _BESIDE_CERTIFICATES)
        known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        known.register_multiple(certificates[1:])
        self._signer = signers.SimpleSigner(
            signing_cert=certificates[0],
            signing_key=asn1_keys.PrivateKeyInfo.load(_der(private)),
            cert_registry=known,
        )

    def in_force(self, *, now: datetime) -> bool:
        return self.begins <= now <= self.ends

    def apply(self, pdf: bytes, *, label: str, name: str) -> bytes:
        """The same file, sealed; nothing may change in it. ``label`` is read out, ``name`` is whose it is.

        The moment of sealing is the clock's.
        """
        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            name=name,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        )
        sealed = io.BytesIO()
        signers.PdfSigner(
            metadata,
            signer=self._signer,
            new_field_spec=fields.SigFieldSpec(FIELD, readable_field_name=label),
        ).sign_pdf(_AsPrinted(io.BytesIO(pdf)), bytes_reserved=self._room, output=sealed)
        return sealed.getvalue()


class _AsPrinted(IncrementalPdfFileWriter):
    """Leaves the metadata alone: written again, they would no longer be those that PDF/A describes."""

    def _update_meta(self) -> None:
        pass


@lru_cache(maxsize=1)
def house_seal() -> Seal | None:
    """The seal that the settings name, read once a process; none where they name none."""
    return seal_from(settings.HAVRE.SEAL_KEY_FILE, settings.HAVRE.SEAL_CERTIFICATE_FILE)


def seal_from(key: Path | None, certificate: Path | None) -> Seal | None:
    """The seal of these two files, none without either. Refuses ``WrongSeal``."""
    if key is None and certificate is None:
        return None
    if key is None or certificate is None:
        raise WrongSeal("SEAL_KEY_FILE and SEAL_CERTIFICATE_FILE go together")
    try:
        return Seal(key=key.read_bytes(), certificate=certificate.read_bytes())
    except OSError as error:
        raise WrongSeal(f"{error.filename}: {error.strerror}") from None


def _asn1(certificate: x509.Certificate) -> Any:
    encoded = certificate.public_bytes(serialization.Encoding.DER)
    return asn1_x509.Certificate.load(encoded)


def _der(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
