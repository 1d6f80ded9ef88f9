"""What a layout needs to know around a page, as plain values made by the door that renders it."""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["", "light", "dark"]


@dataclass(frozen=True, kw_only=True)
class Operator:
    """The house whose members read the page, in the reader's language; "" where not stated."""

    name: str
    legal_name: str
    logo: str | None = None
    phone: str = ""
    email: str = ""
    hours: str = ""
    address: str = ""

    @property
    def dial(self) -> str:
        """The telephone number as a `tel:` address takes it: digits, and the plus in front."""
        digits = "".join(character for character in self.phone if character.isdigit())
        return f"+{digits}" if self.phone.lstrip().startswith("+") else digits


@dataclass(frozen=True)
class NavItem:
    """One rubric; `icon` is a name of the sprite.

    A phone shows five at most in one bar: those that are `wide` stand there where there is room.
    """

    label: str
    url: str
    icon: str
    current: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Link:
    """A place to go."""

    label: str
    url: str


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language; `label` is that language's own name for itself."""

    code: str
    label: str
    url: str


@dataclass(frozen=True)
class AccountBadge:
    """Who is signed in, and where the sign-out form posts."""

    display_name: str
    initials: str
    sign_out_url: str


@dataclass(frozen=True, kw_only=True)
class Shell:
    """The frame of a page.

    `home_url` is where the operator's name leads, `emergency_url` where the numbers to call abroad
    are, `write_url` where one writes to the house. `theme` is what the member chose, "" to follow the
    device. `demo_notice` is the strip above everything, with its mailbox if that has an address;
    `notice` a strip that says what is so of every page for now.
    """

    operator: Operator
    home_url: str
    nav: tuple[NavItem, ...] = ()
    legal_links: tuple[Link, ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    account: AccountBadge | None = None
    demo_notice: str | None = None
    mailbox_url: str = ""
    emergency_url: str = ""
    write_url: str = ""
    notice: str | None = None
    theme: Theme = ""
