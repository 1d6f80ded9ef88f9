"""The rubrics of the member space, in the order they are shown. A new rubric is one line here."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from havre.doors.ui.addresses import url
from havre.doors.ui.shell import NavItem


class Group(StrEnum):
    """What a rubric is about; the groups of the "More" page, in their order."""

    COVER = "COVER"
    ME = "ME"
    HELP = "HELP"


@dataclass(frozen=True)
class Rubric:
    """``name`` is its address, ``label`` a msgid, ``icon`` a name of the sprite.

    ``main`` stands in the bar, where a phone has room for four beside "More"; ``wide`` stands there
    too where there is room.
    """

    name: str
    label: str
    icon: str
    group: Group
    main: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Section:
    """Rubrics of one group, under their heading."""

    heading: str
    items: tuple[NavItem, ...]


RUBRICS = (
    Rubric("home", gettext_noop("Home"), "house", Group.COVER, main=True),
    Rubric("contracts", gettext_noop("Contracts"), "file-text", Group.COVER, wide=True),
    Rubric("reimbursements", gettext_noop("Reimbursements"), "receipt", Group.COVER, main=True),
    Rubric("requests", gettext_noop("Requests"), "inbox", Group.COVER, main=True),
    Rubric("messages", gettext_noop("Messages"), "chat", Group.HELP, main=True),
    Rubric("certificates", gettext_noop("Certificates"), "patch-check", Group.COVER, wide=True),
    Rubric("card", gettext_noop("Member card"), "card", Group.COVER),
    Rubric("personal-information", gettext_noop("Personal information"), "person", Group.ME),
    Rubric("bank-accounts", gettext_noop("Bank accounts"), "bank", Group.ME),
    Rubric("profile", gettext_noop("My profile"), "sliders", Group.ME),
    Rubric("sharing", gettext_noop("Who sees my care"), "eye", Group.ME),
    Rubric("security", gettext_noop("Sign-in and security"), "lock", Group.ME),
    Rubric("downloads", gettext_noop("Downloads"), "download", Group.COVER),
    Rubric("emergency", gettext_noop("Emergency"), "life-preserver", Group.HELP),
    Rubric("contact", gettext_noop("Contact"), "telephone", Group.HELP),
    Rubric("faq", gettext_noop("Questions and answers"), "info-circle", Group.HELP),
    Rubric("security-information", gettext_noop("Security information"), "globe", Group.HELP),
)
MORE = "more"


@lru_cache(maxsize=64)
def bar(current: str, _language: str) -> tuple[NavItem, ...]:
    """The main rubrics and "More", which is current for each rubric that has no place of its own."""
    main = tuple(_item(rubric, current) for rubric in RUBRICS if rubric.main or rubric.wide)
    shown = {MORE, *(one.name for one in RUBRICS if not (one.main or one.wide))}
    elsewhere = current in shown
    return (*main, NavItem(_("More"), url("portal:more"), "three-dots", current=elsewhere))


@lru_cache(maxsize=4)
def sections(_language: str) -> tuple[Section, ...]:
    """What the bar has no room for, by group; a group without such a rubric is left out."""
    headings = {
        Group.COVER: _("My cover"),
        Group.ME: _("My account"),
        Group.HELP: _("Help"),
    }
    found = (
        Section(heading, tuple(_item(one, "") for one in _beside_the_bar(group)))
        for group, heading in headings.items()
    )
    return tuple(section for section in found if section.items)


def _beside_the_bar(group: Group) -> Iterator[Rubric]:
    return (one for one in RUBRICS if one.group is group and not one.main)


def _item(rubric: Rubric, current: str) -> NavItem:
    label = _(rubric.label)
    current_now = rubric.name == current
    return NavItem(label, url(f"portal:{rubric.name}"), rubric.icon, current_now, rubric.wide)
