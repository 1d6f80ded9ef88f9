"""What a phone keeps of the emergency numbers: one page a language with every country, and its files.

The service worker keeps these and nothing else by itself; a member card only when its reader asks.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from havre.commons.content import queries as content
from havre.commons.content.queries import Published
from havre.commons.content.words.contacts import Contacts
from havre.commons.content.words.emergency import Emergency, ShownPhrase, ZoneSeen
from havre.doors.portal import emergency as numbers
from havre.doors.portal.emergency import CallShown
from havre.doors.portal.shell import operator
from havre.doors.ui.addresses import static, url
from havre.doors.ui.contact_forms import country_choices
from havre.doors.ui.shell import LanguageLink, Shell

FILES = ("ui/havre.css", "ui/offline.js")
_WORKER = Path(__file__).with_name("worker.js")
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class CountryRow:
    code: str
    name: str
    public: list[CallShown]


@dataclass(frozen=True)
class ZoneShown:
    id: str
    name: str
    calls: list[CallShown]
    phrases: tuple[ShownPhrase, ...]
    rows: list[CountryRow]


def page(language: str, *, today: date) -> str:
    """The copy to keep: it needs no other page, no session and no network."""
    return _page(numbers.published(today), numbers.contacts(today), language, today)


def worker(*, today: date) -> str:
    """The service worker, which is another one as soon as a number, a word or a file is."""
    pages = {code: _address(code) for code, _name in settings.LANGUAGES}
    kept = {"version": _version(today), "pages": pages, "files": [versioned(one) for one in FILES]}
    return f"const KEPT = {json.dumps(kept)};\n" + _WORKER.read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def versioned(path: str) -> str:
    """The address of a file as kept pages ask for it: pages that are not kept never get the kept one."""
    return f"{static(path)}?v={sha256(_bytes(path)).hexdigest()[:12]}"


def _version(today: date) -> str:
    found = numbers.published(today), numbers.contacts(today)
    whole = [_page(*found, code, _ANY_DAY) for code, _name in settings.LANGUAGES]
    return sha256("".join(whole).encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def _page(
    published: Published[Emergency] | None,
    contacts: Published[Contacts] | None,
    language: str,
    day: date,
) -> str:
    with translation.override(language):
        zones = content.emergency_zones(published) if published else ()
        values = {
            "shell": _shell(language),
            "kept_file": versioned,
            "day": day,
            "zones": [_zone(zone, published, language) for zone in zones],
            "say": [one.said_in(language) for one in published.document.say] if published else [],
            "managers": numbers.managers(contacts, language, None),
        }
        return render_to_string("portal/emergency_offline.jinja", values)


def _zone(zone: ZoneSeen, published: Published[Emergency] | None, language: str) -> ZoneShown:
    here = set(zone.countries)
    return ZoneShown(
        id=zone.id,
        name=zone.name.said_in(language),
        calls=numbers.shown(zone.calls, language),
        phrases=zone.phrases,
        rows=[
            CountryRow(code, name, _public(published, code))
            for code, name in country_choices()
            if code in here
        ],
    )


def _public(published: Published[Emergency] | None, country: str) -> list[CallShown]:
    found = content.public_numbers(published, country=country) if published else None
    return numbers.public_shown(found)


def _shell(language: str) -> Shell:
    """No reader, no theme, no menu: what is kept is the same for everybody."""
    others = [(code, name) for code, name in settings.LANGUAGES if code != language]
    return Shell(
        operator=operator(language),
        home_url=url("portal:home"),
        languages=tuple(LanguageLink(code, name, _address(code)) for code, name in others),
    )


def _address(language: str) -> str:
    with translation.override(language):
        return url("portal:emergency-offline")


def _bytes(path: str) -> bytes:
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(path)
    return Path(found).read_bytes()
