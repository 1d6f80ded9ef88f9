"""People and lines as the queries give them, without a database."""

from datetime import date
from typing import Any
from uuid import UUID

from havre.domains.health.words import CareLine, Category, Said
from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import FamilyLink
from havre.foundation.ids import new_id


def someone(link: str, age: int, *, on: date, **changes: Any) -> PersonSeen:
    """Someone of that age on that day, their birthday."""
    facts: dict[str, Any] = {
        "id": new_id(),
        "membership": new_id(),
        "family_name": "Exemple",
        "first_name": "Nathalie",
        "link": FamilyLink(link),
        "birth_date": on.replace(year=on.year - age),
        "deceased_on": None,
        "adherent_number": None,
        "email": None,
        "phone": None,
        "language": "fr",
        "expatriation_country": None,
        "has_nir": True,
    }
    return PersonSeen(**(facts | changes))


def a_care_line(*, person: UUID, **changes: Any) -> CareLine:
    """A dental line of which no amount is stated."""
    nothing = dict.fromkeys(
        (
            *("provider", "country", "spent", "rate", "rate_source", "rate_day", "cost", "primary"),
            *("other", "guarantee", "deductible", "ceiling_left", "reimbursed", "left"),
            *("reason", "clause", "transfer", "settled_on"),
        )
    )
    facts: dict[str, Any] = {
        **nothing,
        "id": 1,
        "person": person,
        "claim": "C-1",
        "care_date": date(2026, 5, 4),
        "category": Category.DENTAL,
        "act": Said("Consultation"),
        "left_computed": False,
    }
    return CareLine(**(facts | changes))
