"""Every template is used, none is missing, and none holds a script, a style or a handler of its own."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SOURCE = Path(__file__).resolve().parents[2] / "src" / "havre"
FOLDERS = [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]]
NAMED = re.compile(r"""["']((?:\w+/)+\w+\.(?:jinja|html|txt))["']""")
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"'{]|javascript:",
    re.IGNORECASE,
)


def templates() -> dict[str, Path]:
    return {
        str(path.relative_to(folder)): path
        for folder in FOLDERS
        for path in folder.rglob("*")
        if path.is_file()
    }


def named_somewhere() -> set[str]:
    read = [*SOURCE.rglob("*.py"), *templates().values()]
    return {name for path in read for name in NAMED.findall(path.read_text(encoding="utf-8"))}


def test_every_template_is_used_and_none_is_missing() -> None:
    assert len(templates()) > 15
    assert set(templates()) - named_somewhere() == set()
    assert named_somewhere() - set(templates()) == set()


def test_no_folder_of_templates_is_outside_the_settings() -> None:
    found = {path.parent for path in SOURCE.rglob("templates/*") if path.is_dir()}
    assert found == set(FOLDERS)


@pytest.mark.parametrize(("name", "path"), templates().items(), ids=list(templates()))
def test_nothing_is_inline(name: str, path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    ["<p style='color:red'>", "<script>alert(1)</script>", '<a onclick="go()">', "<style>p{}"],
)
def test_what_is_planted_inline_is_found(planted: str) -> None:
    assert INLINE.search(planted)


def test_a_script_of_its_own_file_is_not_inline() -> None:
    assert not INLINE.search('<script src="/static/ui/havre.js" defer></script>')
