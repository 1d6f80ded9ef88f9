"""What is known of the people that a feed names, locked until the feed is loaded."""

import json
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from havre.domains.people.actions.stated_people import StatedAddress
from havre.domains.people.models import Membership
from havre.domains.people.rules.merging import Origins
from havre.domains.people.words import FamilyLink
from havre.foundation.db.intake import Key


class KnownMember(NamedTuple):
    """A person and their membership. In ``values``, ``nir`` is its blind index."""

    id: UUID
    household_id: UUID
    membership: UUID
    values: Mapping[str, object]
    origin: Origins


_PLAIN = (
    *("p.family_name", "p.first_name", "p.birth_date", "p.deceased_on", "m.link"),
    *("m.adherent_number", "m.email", "m.phone", "m.language", "m.expatriation_country"),
    "m.membership_end",
)
# Locked, so that nobody confirms a value between this reading and the writing.
_KNOWN = f"""
    SELECT p.source, p.external_id, p.id, p.household_id, m.id, p.origin, m.origin, p.nir_index,
           m.address_lines, m.postal_code, m.city, m.country, {", ".join(_PLAIN)}
    FROM unnest(%s::text[], %s::text[]) AS k (source, external_id)
    JOIN people_person p ON p.source = k.source AND p.external_id = k.external_id
    JOIN people_membership m ON m.household_id = p.household_id AND m.person_id = p.id
    ORDER BY p.id FOR NO KEY UPDATE OF p, m
"""  # noqa: S608  # our own words


def known_members(keys: Collection[Key]) -> dict[Key, KnownMember]:
    """The people of every household with these sources and external ids."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [[source for source, _ in keys], [name for _, name in keys]])
        return {(row[0], row[1]): _known(*row[2:]) for row in cursor.fetchall()}


def other_holders(households: Collection[UUID], *, besides: Collection[UUID]) -> set[UUID]:
    """Those of the households whose holder is known and is not one of the persons ``besides``."""
    holders = Membership.objects.filter(household_id__in=list(households), link=FamilyLink.HOLDER)
    rows = holders.values_list("household_id", "person_id")
    return {household for household, person in rows if person not in besides}


def _known(
    person: UUID,
    household: UUID,
    membership: UUID,
    person_origin: str,
    membership_origin: str,
    nir_index: bytes | None,
    *rest: Any,
) -> KnownMember:
    lines, postal_code, city, country, *plain = rest
    values = {
        **{name[2:]: value for name, value in zip(_PLAIN, plain, strict=True)},
        "nir": None if nir_index is None else bytes(nir_index),
        "address": lines and StatedAddress(tuple(json.loads(lines)), postal_code, city, country),
    }
    origin = {**json.loads(person_origin), **json.loads(membership_origin)}
    return KnownMember(person, household, membership, values, origin)
