"""The seal: validated by pyHanko's own validator, broken by one byte, and the file's conformance kept."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from havre.foundation.pdf.seal import Seal, WrongSeal, seal_from
from havre.project.own_seal import own_seal
from tests.foundation.reading_pdf import opened
from tests.journeys.certificates.builders import a_certificate

NOW = datetime.now(UTC)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    made = own_seal(tmp_path, name="Assurances du Large", now=NOW)
    return Path(made["SEAL_KEY_FILE"]), Path(made["SEAL_CERTIFICATE_FILE"])


@pytest.fixture
def seal(files: tuple[Path, Path]) -> Seal:
    found = seal_from(*files)
    assert found
    return found


def sealed(seal: Seal) -> tuple[bytes, bytes]:
    """A certificate, and the same sealed."""
    plain = a_certificate()
    return plain, seal.apply(plain, label="Sceau", name="Assurances du Large")


def status(pdf: bytes, certificate: Path) -> Any:
    _type, _headers, root = pem.unarmor(certificate.read_bytes())
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(root)], allow_fetching=False
    )
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, context)


def test_a_sealed_file_is_valid_whole_and_the_house_s(seal: Seal, files: tuple[Path, Path]) -> None:
    found = status(sealed(seal)[1], files[1])
    assert found.bottom_line
    assert found.coverage.name == "ENTIRE_FILE"
    assert found.signing_cert.subject.native["common_name"] == "Assurances du Large"
    assert found.md_algorithm == "sha256"


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_one_byte_flipped_breaks_it(seal: Seal, files: tuple[Path, Path], place: float) -> None:
    plain, whole = sealed(seal)
    at = int(len(plain) * place)
    altered = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    try:
        found = status(altered, files[1])
    except Exception:  # noqa: BLE001  # a file so broken that it is none
        return
    assert not found.bottom_line


def test_a_seal_of_somebody_else_is_not_the_house_s(seal: Seal, tmp_path: Path) -> None:
    other = own_seal(tmp_path / "other", name="Assurances du Large", now=NOW)
    assert not status(sealed(seal)[1], Path(other["SEAL_CERTIFICATE_FILE"])).bottom_line


def test_what_the_press_printed_is_untouched_before_the_seal(seal: Seal) -> None:
    plain, whole = sealed(seal)
    assert whole.startswith(plain)


def test_the_file_is_archivable_and_accessible_still(seal: Seal) -> None:
    plain, whole = (opened(one) for one in sealed(seal))
    assert whole.Root.Metadata.read_bytes() == plain.Root.Metadata.read_bytes()
    assert whole.Root.StructTreeRoot.objgen == plain.Root.StructTreeRoot.objgen
    assert whole.Root.Lang == plain.Root.Lang
    page = whole.pages[0]
    assert page.Tabs == pikepdf.Name.S  # what PDF/UA asks of a page with annotations
    (field,) = page.Annots
    assert list(map(int, field.Rect)) == [0, 0, 0, 0]  # no extent: exempt from looks and tags
    assert int(field.F) & 0b100  # printed, as PDF/A-2 asks
    assert not int(field.F) & 0b100011  # not hidden, not invisible, not without a view
    assert str(field.TU) == "Sceau"
    value = field.V
    assert value.SubFilter == pikepdf.Name("/ETSI.CAdES.detached")
    assert int(value.Reference[0].TransformParams.P) == 1  # nothing may change


def test_a_seal_knows_when_its_certificate_ends(tmp_path: Path) -> None:
    made = own_seal(tmp_path, name="X", now=NOW, days=3)
    seal = seal_from(Path(made["SEAL_KEY_FILE"]), Path(made["SEAL_CERTIFICATE_FILE"]))
    assert seal
    assert seal.in_force(now=NOW)
    assert not seal.in_force(now=NOW + timedelta(days=4))
    assert not seal.in_force(now=NOW - timedelta(days=400))


def test_a_key_and_a_certificate_go_together(files: tuple[Path, Path], tmp_path: Path) -> None:
    key, certificate = files
    other = Path(own_seal(tmp_path / "other", name="X", now=NOW)["SEAL_KEY_FILE"])
    assert seal_from(None, None) is None
    for pair in ((key, None), (None, certificate), (other, certificate), (certificate, key)):
        with pytest.raises(WrongSeal):
            seal_from(*pair)
    with pytest.raises(WrongSeal, match="No such file"):
        seal_from(tmp_path / "none.pem", certificate)
