"""A seal that an installation makes for itself: for the demo and the tests. Nobody vouches for it."""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from havre.project.embedded.passwords import write_private

_KEY, _CERTIFICATE = "seal-key.pem", "seal-certificate.pem"


def own_seal(folder: Path, *, name: str, now: datetime, days: int = 730) -> dict[str, str]:
    """The settings of a self-signed seal kept in ``folder``, made where there is none."""
    key_file, certificate_file = folder / _KEY, folder / _CERTIFICATE
    if not (key_file.exists() and certificate_file.exists()):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = ec.generate_private_key(ec.SECP256R1())
        write_private(key_file, _pem(key))
        certificate_file.write_bytes(_certificate(key, name, now, days))
    return {"SEAL_KEY_FILE": str(key_file), "SEAL_CERTIFICATE_FILE": str(certificate_file)}


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _certificate(key: ec.EllipticCurvePrivateKey, name: str, now: datetime, days: int) -> bytes:
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    others = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign")
    usage = dict.fromkeys((*others, "crl_sign", "encipher_only", "decipher_only"), False)
    made = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # What the demo issued in the year before it was installed is sealed too.
        .not_valid_before(now - timedelta(days=365))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)
