from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from havre.foundation.pdf import TypesettingFailed, UnprintableText, typeset
from tests.foundation.reading_pdf import fonts_of, opened, text_of

CREATED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return a_template(tmp_path, "= #about.title\n#data.name")


def a_template(folder: Path, source: str) -> Path:
    path = folder / "page.typ"
    path.write_text(source, encoding="utf-8")
    return path


def a_page(template: Path, name: str = "Inès", **changes: Any) -> bytes:
    arguments: dict[str, Any] = {
        "data": {"name": name},
        "language": "fr",
        "title": "Une page",
        "author": "Assurances du Large",
        "created": CREATED,
    }
    return typeset(template, **(arguments | changes))


def test_a_document_is_archivable_and_accessible(template: Path) -> None:
    pdf = opened(a_page(template))
    with pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.K[0].K[0].S == "/H1"


def test_a_document_says_its_language_title_author_and_time(template: Path) -> None:
    pdf = opened(a_page(template, language="en", title="A page", author="Large Insurance"))
    assert str(pdf.Root.Lang) == "en"
    assert str(pdf.docinfo.Title) == "A page"
    assert str(pdf.docinfo.Author) == "Large Insurance"
    assert str(pdf.docinfo.CreationDate) == "D:20261122080000Z"


def test_the_standards_are_enforced_not_only_claimed(tmp_path: Path) -> None:
    drawing = tmp_path / "drawing.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    silent = a_template(tmp_path, "= Page\n#image(images.drawing)")
    with pytest.raises(TypesettingFailed) as failure:
        a_page(silent, images={"drawing": drawing})
    assert "alt text" in failure.value.detail
    described = a_template(tmp_path, '= Page\n#image(images.drawing, alt: "A ship")')
    assert a_page(described, images={"drawing": drawing})


def test_the_same_arguments_give_the_same_bytes(template: Path) -> None:
    assert a_page(template) == a_page(template)
    assert a_page(template) != a_page(template, created=CREATED + timedelta(seconds=1))


def test_a_creation_time_without_zone_is_a_mistake(template: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        a_page(template, created=CREATED.replace(tzinfo=None))


def test_fonts_are_the_compilers_own(template: Path) -> None:
    latin_and_arabic = a_page(template, "Inès محمد")
    assert fonts_of(latin_and_arabic) == {
        "LibertinusSerif-Regular",
        "LibertinusSerif-Bold",
        "DejaVuSansMono",
    }


@pytest.mark.parametrize(
    "name",
    [
        "Zażółć Gęślą-Jaźń ŁÓDŹ",
        "Nguyễn Thị Đặng Ưởng Ằ",
        "İbrahim Işık Ağaoğlu Çiğdem Öş",
        "Ștefan Țară",
        "Þórður Ægir Ðuríð",
        "Jürgen Strauß ẞ",
        "Kateřina Ůžasná",
        "Őszi Űr",
        "Ħamrun Ġorġ",
        "Əliyev Ɗan Ɓala",
        "Γιώργος Παπαδόπουλος",
        "Андрей Їжак",
    ],
)
def test_names_keep_every_letter(template: Path, name: str) -> None:
    assert name in text_of(a_page(template, name))


def test_every_latin_letter_of_europe_and_vietnam_has_its_glyph(template: Path) -> None:
    ranges = [(0x00C0, 0x0180), (0x01A0, 0x01A2), (0x01AF, 0x01B1), (0x0218, 0x021C)]
    letters = [chr(c) for first, end in [*ranges, (0x1EA0, 0x1EFA)] for c in range(first, end)]
    assert a_page(template, " ".join(letters))


def test_arabic_and_hebrew_names_print(template: Path) -> None:
    assert a_page(template, "محمد عبد الله")
    assert a_page(template, "שרה כהן")


@pytest.mark.parametrize(
    ("name", "missing"), [("Wang 王小明 王", "王小明"), ("Ploy สม", "สม"), ("A 𝒜", "𝒜")]
)
def test_letters_without_glyph_are_refused_by_name(template: Path, name: str, missing: str) -> None:
    with pytest.raises(UnprintableText) as refusal:
        a_page(template, name)
    assert set("".join(refusal.value.characters)) == set(missing)


def test_a_refusal_takes_no_name_into_a_log(template: Path) -> None:
    with pytest.raises(UnprintableText) as refusal:
        a_page(template, "王")
    assert "王" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__context__ is None


def test_a_failure_takes_no_data_into_a_log(tmp_path: Path) -> None:
    wrong = a_template(tmp_path, "= Page\n#panic(data.name)")
    with pytest.raises(TypesettingFailed) as failure:
        a_page(wrong, "Claire Aubrac")
    assert "Claire" in failure.value.detail
    assert str(failure.value) == "page.typ could not be typeset"
    assert failure.value.__context__ is None


@pytest.mark.parametrize(
    "attempt",
    [
        '#include "/etc/passwd"',
        '#read("/etc/passwd")',
        "*bold* _it_ `raw` $x^2$ = no",
        "] #panic() [",
        '")) #panic() //',
        "\\u{41} @label <label>",
    ],
)
def test_data_never_become_source(template: Path, attempt: str) -> None:
    assert attempt in text_of(a_page(template, attempt))


@pytest.mark.parametrize("path", ["/etc/passwd", "../../etc/passwd", "../../../../etc/passwd"])
def test_the_press_reads_nothing_outside_its_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(TypesettingFailed):
        a_page(a_template(tmp_path, f'= Page\n#read("{path}")'))


def test_marks_that_reverse_or_break_a_line_are_left_out(template: Path) -> None:
    assert "Page 1\u202e2\n3" not in text_of(a_page(template, "Page 1\u202e2\n3"))
    assert "Page 12 3 4" in text_of(a_page(template, "Page 1\u202e2\n3\x004"))


def test_letters_written_in_two_parts_are_joined(template: Path) -> None:
    assert "é" in text_of(a_page(template, "e\u0301"))


def test_threads_share_the_press_without_mixing_pages(template: Path) -> None:
    names = [f"Personne {number}" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda name: a_page(template, name), names))
    assert all(text_of(page).endswith(name) for page, name in zip(pages, names, strict=True))
