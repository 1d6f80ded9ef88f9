"""A folder of content is read whole or refused, with the file and the line of each thing to mend."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from havre.commons.content import actions, queries
from havre.commons.content.actions import WrongContent
from tests.commons.content.kinds import ONE, TIDES, Tides, a_pdf, read, written

HEAD = "in_force_from: 2026-03-01\ntides:\n"


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    from havre.commons.content.actions import folders

    monkeypatch.setattr(folders, "_kinds", {"tides": TIDES})


def tide(**changed: str) -> str:
    lines = {"id": "spring", "title": "{fr: a, en: b}", "text": "{fr: a, en: b}"} | changed
    first, *others = (f"{name}: {value}" for name, value in lines.items() if value)
    return f"  - {first}\n" + "".join(f"    {line}\n" for line in others)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(WrongContent) as caught:
        read(written(folder, text))
    return str(caught.value)


def test_a_file_becomes_a_document_with_its_blanks_filled(tmp_path):
    (one,) = read(written(tmp_path)).documents
    assert isinstance(one.document, Tides)
    (spring,) = one.document.tides
    assert spring.text.fr == "Appelez le +33 1 99."
    assert spring.country == "NO", "Norway, where YAML would read a refusal"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tides:\n - id: [\n", "tides.yaml, line 3: "),
        ("in_force_from: 2026-03-01\n\ttides: []\n", "tides.yaml, line 2: "),
        ("", "tides.yaml, line 1: is empty"),
        ("- a\n", "tides.yaml, line 1: is empty, or no list of NAME: VALUE"),
        ("tides: []\n", "tides.yaml, line 1: in_force_from is missing"),
        ("tides: []\nin_force_from: 31/01/2026\n", "line 2, in_force_from: is not a day"),
        (HEAD + tide(title="{fr: a}"), "line 4, tides[0].title: en is missing"),
        (HEAD + tide(text="{en: a}"), "line 5, tides[0].text: fr is missing"),
        (HEAD + tide(title="{fr: '', en: b}"), "line 4, tides[0].title.fr: "),
        (HEAD + tide(title=""), "line 3, tides[0]: title is missing"),
        (HEAD + tide(colour="blue"), "line 6, tides[0].colour: is no field of this kind"),
        (HEAD + tide(id="Spring Tide"), "line 3, tides[0].id: "),
        (HEAD + tide() + tide(), "line 6, tides[1].id: spring is there twice"),
        (HEAD + tide(country="FR\n    country: NO"), "line 7: country is there twice"),
        (HEAD + tide(id="neap"), "line 3, tides[0].id: neap is no tide of ours"),
        (
            HEAD + tide(text="{fr: '[a](nowhere)', en: b}"),
            "line 5, tides[0].text.fr: nowhere leads",
        ),
        (HEAD + tide(text="{fr: '[a](http://x.org)', en: b}"), "http://x.org leads nowhere"),
        (HEAD + tide(title="{fr: '{fax}', en: b}"), "line 4, tides[0].title.fr: {fax} is no blank"),
        (
            HEAD + tide(title="{fr: a, en: '{address}'}"),
            "line 4, tides[0].title.en: {address} cannot be filled: set OPERATOR_ADDRESS",
        ),
        ("a: &a [x]\nb: *a\n", "line 2: an alias (*) is not read here"),
        ("a: !!python/name:os.system x\n", "tides.yaml, line 1: in_force_from is missing"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, said):
    assert said in refused(tmp_path, text)


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    written(tmp_path, "---\nno head\n", name="terms.en.md")
    told = refused(tmp_path, HEAD + tide(id="neap") + tide(id="neap"))
    assert len(told.splitlines()) == 4, told


@pytest.mark.parametrize("name", ["tides.yml", "faq.yaml", "tide.yaml", "notes.txt"])
def test_a_file_that_nobody_would_read_is_refused(tmp_path, name):
    written(tmp_path, "x", name=name)
    assert f"{name}: is no content that is known (tides.yaml)" in refused(tmp_path, ONE)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(WrongContent, match="holds no content"):
        read(tmp_path)


def test_a_file_is_read_by_what_it_is(tmp_path):
    text = HEAD + tide(chart="spring.pdf")
    (tmp_path / "tides").mkdir()
    assert "line 6, tides[0].chart: tides/spring.pdf is not there" in refused(tmp_path, text)
    chart = tmp_path / "tides" / "spring.pdf"
    chart.write_bytes(b"<html>")
    assert "is not what its name says: it is no application/pdf" in refused(tmp_path, text)
    chart.write_bytes(b"%PDF-1.7")
    assert "spring.pdf cannot be opened" in refused(tmp_path, text)
    chart.write_bytes(a_pdf())
    (file,) = read(written(tmp_path, text)).files.values()
    assert (file.media_type, file.body) == ("application/pdf", a_pdf())
    (tmp_path / "tides" / "old.pdf").write_bytes(b"%PDF-1.7")
    assert "tides/old.pdf: no line of tides.yaml shows it" in refused(tmp_path, text)


def test_a_form_that_acts_is_refused(tmp_path):
    (tmp_path / "tides").mkdir()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.save(tmp_path / "tides" / "spring.pdf")
    told = refused(tmp_path, HEAD + tide(chart="spring.pdf"))
    assert "spring.pdf does more than be read (/JS, /JavaScript)" in told


@pytest.mark.parametrize("name", ['a\\"; x=y.pdf', "marée.pdf", "-.pdf", "a b.pdf"])
def test_a_name_that_a_header_could_not_hold_is_refused(tmp_path, name):
    (tmp_path / "tides").mkdir()
    (tmp_path / "tides" / name.replace("\\", "")).write_bytes(a_pdf())
    assert "name it with letters" in refused(tmp_path, HEAD + tide(chart=f'"{name}"'))


@pytest.mark.parametrize("name", ["../secret.pdf", "/etc/passwd.pdf", "page.html"])
def test_no_other_file_of_the_machine_is_published(tmp_path, name):
    (tmp_path.parent / "secret.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "tides").mkdir()
    told = refused(tmp_path, HEAD + tide(chart=name))
    assert "is not there" in told or "is none of" in told


def test_the_same_name_is_registered_once():
    actions.register_kind(TIDES)
    with pytest.raises(ValueError, match="two kinds"):
        actions.register_kind(type(TIDES)("tides", Tides))


def test_html_of_a_text_runs_nothing():
    assert "<script" not in queries.html("<script>alert(1)</script>")
    assert "href" not in queries.html("[x](javascript:alert(1))")
