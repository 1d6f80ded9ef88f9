from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from havre.commons.content.words.audience import Audience
from havre.commons.content.words.kinds import Bilingual, Key, Line, Part

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Clock = Annotated[str, Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]
"""``08:00``; ``24:00`` is the midnight at the end of the day."""
Holiday = Annotated[str, Meta(pattern=r"^(\d{4}-)?\d{2}-\d{2}$")]
"""``12-25`` every year, ``2027-03-29`` that year."""


class Opening(Part, frozen=True):
    days: tuple[Weekday, ...]
    opens: Clock
    closes: Clock


class Closing(Part, frozen=True):
    day: Holiday
    name: Bilingual


class Hours(Part, frozen=True):
    """When somebody answers, in the clock of ``zone`` (``Europe/Paris``)."""

    zone: Line
    week: tuple[Opening, ...]
    closed: tuple[Closing, ...] = ()


class Contact(Part, frozen=True):
    id: Key
    role: Literal["management", "adviser"]
    name: Bilingual
    about: Bilingual
    audience: Audience = Audience()
    phone: str = ""
    email: str = ""
    post: str = ""
    hours: Hours | None = None


class Contacts(Part, frozen=True):
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Standing:
    """Whether somebody answers at a moment. ``opens`` and ``closes``: of the opening that goes on or, when
    closed, of the next one; none where none comes within a month. ``holiday``: why today is closed."""

    is_open: bool
    opens: datetime | None
    closes: datetime | None
    holiday: Bilingual | None = None
