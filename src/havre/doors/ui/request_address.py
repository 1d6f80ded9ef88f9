"""An address in the form of a request: the country first, then the parts that its addresses have."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.doors.ui import formats, forms
from havre.doors.ui.address_parts import AUTOCOMPLETE, part_label
from havre.doors.ui.forms import FieldView
from havre.doors.ui.request_fields import Answer, Drawn, Place, Typed, Unreadable, first
from havre.foundation.addresses import (
    Part,
    PartRule,
    PostalAddress,
    countries,
    fits_postal_code,
    parts_of,
    written,
)
from havre.foundation.names import sort_key
from havre.journeys.requests.words import Field, Option

_MOST_LINES = 4
_LONGEST = {Part.STREET: 400}
_KEPT_AS = {
    Part.POSTAL_CODE: "postal_code",
    Part.CITY: "city",
    Part.DISTRICT: "district",
    Part.REGION: "region",
}


class Address(Answer):
    """Kept as ``foundation.addresses.PostalAddress`` has it. ``country`` is the one first shown."""

    parts = ("country", *Part)

    def __init__(self, field: Field, *, country: str) -> None:
        super().__init__(field)
        self._country = country if country in countries() else "FR"

    def read(self, typed: Typed) -> Any:
        country = first(typed, "country") or self._country
        if country not in countries():
            raise Unreadable(_("Choose the country of the address."))
        said = {rule.part: first(typed, rule.part).strip() for rule in parts_of(country)}
        if not any(said.values()):
            return None
        for rule in parts_of(country):
            _check(rule, said[rule.part], country)
        lines = [line.strip() for line in said.pop(Part.STREET, "").splitlines()]
        if len(lines) > _MOST_LINES:
            raise Unreadable(_("Write it on four lines at the most."))
        kept = {_KEPT_AS[part]: text for part, text in said.items() if text}
        return {"lines": [line for line in lines if line], "country": country, **kept}

    def typed_of(self, value: Any) -> Typed:
        if not isinstance(value, dict):
            return {}
        held = {str(part): [str(value[name])] for part, name in _KEPT_AS.items() if value.get(name)}
        held["country"] = [str(value.get("country", ""))]
        held[Part.STREET] = ["\n".join(value.get("lines", ()))]
        return held

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        country = first(typed, "country") or self._country
        rules = parts_of(country) if country in countries() else ()
        options = tuple(
            forms.Option(one.value, one.label, one.value == country, "")
            for one in country_options(get_language() or "fr")
        )
        chosen = replace(
            self._view(place, typed, "country", kind="select", options=options, hint=""),
            id=place.path,
            label=_("Country"),
            optional=False,
        )
        views = (chosen, *(self._part(rule, typed, place) for rule in rules))
        return Drawn(views, legend=self.field.label, hint=self.field.hint)

    def said(self, value: Any) -> str:
        address = address_of(value)
        return "\n".join((*written(address), formats.country(address.country)))

    def _part(self, rule: PartRule, typed: Typed, place: Place) -> FieldView:
        hint = _("For example %(example)s") % {"example": rule.example} if rule.example else ""
        view = self._view(place, typed, rule.part, hint=hint)
        named = {"autocomplete": AUTOCOMPLETE[rule.part], "maxlength": str(_longest(rule))}
        made = replace(
            view,
            label=part_label(rule),
            optional=not rule.required,
            problems=(),
            attributes=tuple(named.items()),
        )
        if rule.choices:
            value = first(typed, rule.part)
            offered = (("", _("Choose")), *rule.choices)
            options = tuple(forms.Option(code, name, code == value, "") for code, name in offered)
            return replace(made, kind="select", options=options)
        if rule.part is Part.STREET:
            return replace(made, kind="textarea", attributes=(*made.attributes, ("rows", "3")))
        return made


def address_of(value: dict[str, Any]) -> PostalAddress:
    """The address of an answer."""
    named = {name: value.get(name) for name in _KEPT_AS.values()}
    return PostalAddress(lines=tuple(value["lines"]), country=value["country"], **named)


def answer_of(address: PostalAddress) -> dict[str, Any]:
    """An address as an answer: a form that begins with the one on file."""
    named = {name: getattr(address, name) for name in _KEPT_AS.values()}
    kept = {name: text for name, text in named.items() if text}
    return {"lines": list(address.lines), "country": address.country, **kept}


@lru_cache(maxsize=4)
def country_options(_language: str) -> Sequence[Option]:
    """Every country by its name in the language of the page, in the order of names."""
    named = (Option(code, formats.country(code)) for code in countries())
    return tuple(sorted(named, key=lambda one: sort_key(one.label)))


def _check(rule: PartRule, text: str, country: str) -> None:
    if rule.required and not text:
        raise Unreadable(_("Fill in “%(label)s”.") % {"label": part_label(rule)})
    if len(text) > _longest(rule):
        words = _("Write at most %(limit_value)d characters.")
        raise Unreadable(words % {"limit_value": _longest(rule)})
    if rule.choices and text and all(text != code for code, _name in rule.choices):
        words = _("Choose one of the answers listed for “%(label)s”.")
        raise Unreadable(words % {"label": part_label(rule)})
    if rule.part is Part.POSTAL_CODE and text and not fits_postal_code(text, country=country):
        words = _("In this country a postal code looks like %(example)s.")
        raise Unreadable(words % {"example": rule.example})


def _longest(rule: PartRule) -> int:
    return _LONGEST.get(rule.part, 100)
