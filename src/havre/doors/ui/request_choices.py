"""Answers that are chosen: one of a list, several, yes or no, an agreement."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from havre.doors.ui import forms
from havre.doors.ui.request_fields import Answer, Drawn, Place, Typed, Unreadable, first
from havre.journeys.requests.words import Field, Option

SHOWN_AT_ONCE = 5
"""Up to so many answers stand on the page; more are a list to open."""


class OneOf(Answer):
    """One of the answers listed. A value that is no longer among them is asked again."""

    def __init__(self, field: Field, *, options: Sequence[Option]) -> None:
        super().__init__(field)
        self.options = tuple(options)

    def read(self, typed: Typed) -> Any:
        value = first(typed)
        if not value:
            return None
        if all(value != option.value for option in self.options):
            words = _("Choose one of the answers listed for “%(label)s”.")
            raise Unreadable(words % {"label": self.field.label})
        return value

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        value = first(typed)
        if not value and self.field.required and len(self.options) == 1:
            value = self.options[0].value
        few = len(self.options) <= SHOWN_AT_ONCE
        offered = self.options if few and self.field.required else (self._none(few), *self.options)
        options = _options(offered, place.path, {value})
        kind = "radios" if few else "select"
        return Drawn((self._view(place, typed, kind=kind, options=options, value=""),))

    def _none(self, few: bool) -> Option:
        return Option("", _("No answer") if few else _("Choose"))

    def said(self, value: Any) -> str:
        return next((one.label for one in self.options if one.value == value), str(value))


class YesNo(OneOf):
    """Kept as true or false."""

    def __init__(self, field: Field) -> None:
        super().__init__(field, options=(Option("yes", _("Yes")), Option("no", _("No"))))

    def read(self, typed: Typed) -> Any:
        value = super().read(typed)
        return None if value is None else value == "yes"

    def typed_of(self, value: Any) -> Typed:
        return {"": ["yes" if value else "no"]} if isinstance(value, bool) else {}

    def said(self, value: Any) -> str:
        return _("Yes") if value else _("No")


class ManyOf(OneOf):
    """Several of the answers listed."""

    def read(self, typed: Typed) -> Any:
        known = [option.value for option in self.options]
        chosen = typed.get("", [])
        if any(value not in known for value in chosen):
            words = _("Choose one of the answers listed for “%(label)s”.")
            raise Unreadable(words % {"label": self.field.label})
        return [value for value in known if value in chosen]

    def typed_of(self, value: Any) -> Typed:
        return {"": [str(one) for one in value]} if isinstance(value, list) else {}

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        options = _options(self.options, place.path, set(typed.get("", [])))
        return Drawn((self._view(place, typed, kind="checks", options=options, value=""),))

    def said(self, value: Any) -> str:
        return ", ".join(OneOf.said(self, one) for one in value)


class Tick(Answer):
    """An agreement."""

    def read(self, typed: Typed) -> Any:
        return bool(first(typed))

    def typed_of(self, value: Any) -> Typed:
        return {"": ["on"]} if value is True else {}

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        view = self._view(place, typed, kind="checkbox", checked=bool(first(typed)))
        named = tuple(pair for pair in view.attributes if pair[0] != "autocomplete")
        return Drawn((replace(view, value="", attributes=named),))

    def said(self, value: Any) -> str:
        return _("Yes") if value else _("No")


def _options(options: Sequence[Option], path: str, chosen: set[str]) -> tuple[forms.Option, ...]:
    return tuple(
        forms.Option(
            value=option.value,
            label=option.label,
            chosen=option.value in chosen,
            id=path if rank == 0 else f"{path}-{rank}",
            hint=option.hint,
        )
        for rank, option in enumerate(options)
    )
