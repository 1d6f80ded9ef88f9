"""A kind of content made for the tests: tides, each with its text and its chart."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf

from havre.commons.content import actions
from havre.commons.content.actions import Folder, Happened
from havre.commons.content.words import Bilingual, Key, Kind, Problem, Prose
from havre.commons.content.words.kinds import Part, Place
from havre.foundation.db import Role
from tests.database import acting_as

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FACTS = {"fr": {"phone": "+33 1 99"}, "en": {"phone": "+33 1 99", "address": ""}}


class Tide(Part, frozen=True):
    id: Key
    title: Bilingual
    text: Prose
    country: str = ""
    chart: str = ""


class Tides(Part, frozen=True):
    tides: tuple[Tide, ...]


def _no_neap(document: Tides) -> Iterable[Problem]:
    for rank, tide in enumerate(document.tides):
        if tide.id == "neap":
            yield Problem(("tides", rank, "id"), "neap is no tide of ours")


def _charts(document: Tides) -> Iterable[tuple[Place, str]]:
    for rank, tide in enumerate(document.tides):
        if tide.chart:
            yield ("tides", rank, "chart"), tide.chart


TIDES = Kind("tides", Tides, check=_no_neap, files=_charts)

ONE = """\
in_force_from: 2026-03-01
tides:
  - id: spring
    title: {fr: Vive-eau, en: Spring tide}
    country: NO
    text:
      fr: "Appelez le {phone}."
      en: "Call {phone}, or see [the page](contact)."
"""


def a_pdf(title: str = "") -> bytes:
    made = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = title
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


def written(folder: Path, text: str = ONE, *, name: str = "tides.yaml") -> Path:
    """The folder, with this file in it."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return folder


def read(folder: Path) -> Folder:
    return actions.read_folder(folder, facts=FACTS, pages={"contact"})


def publish(folder: Path, *, now: datetime = NOW) -> Happened:
    """As the command does, signed in as the worker."""
    with acting_as(Role.WORKER):
        return actions.publish(folder=read(folder), author="someone", now=now, today=now.date())
