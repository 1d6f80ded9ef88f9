"""A form for an entry of any kind of content, made from its types: what is said stands in both languages
side by side."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from havre.commons.content.queries import LANGUAGES, Shape, Slot, slots
from havre.commons.content.words import Problem
from havre.commons.content.words.kinds import Place
from havre.doors.desk import content_words as words
from havre.doors.ui.forms import Form

_LONG = frozenset({"about", "answer", "message", "note", "text"})
_BETWEEN = "-"
"""Between the steps of a field's name: no name of a field has one."""


@dataclass(frozen=True)
class Row:
    """Fields that stand together: one, or one a language. ``title`` opens those of a part inside."""

    fields: tuple[forms.BoundField, ...]
    title: str = ""


class EntryForm(Form):
    """What stands at a place and holds no entries of its own."""

    def __init__(self, given: Any, files: Any, *, slot: Slot, values: Any) -> None:
        self._own = tuple(_own_slots(slot))
        shown = (pair for place, one in self._own for pair in _shown(place, one, values))
        super().__init__(given, files, initial=dict(shown))
        for place, slot in self._own:
            self.fields.update(_fields(place, slot, values))
        self.word_errors()

    @property
    def has_fields(self) -> bool:
        return bool(self._own)

    @property
    def rows(self) -> Iterator[Row]:
        """The fields in their order, those of one thing together."""
        part = ""
        for place, slot in self._own:
            names = _names(place, slot)
            for name in names:  # said once all is read: a draft keeps what is not complete
                self.fields[name].required = slot.needed
            opened = str(place[0]) if len(place) > 1 else ""
            title = words.field(opened) if opened and opened != part else ""
            part = opened
            yield Row(tuple(self[name] for name in names), title)

    def told(self, before: Any) -> Any:
        """The values at the place, those of the form in the stead of the earlier ones."""
        values = {**(before or {})}
        for place, slot in self._own:
            if not place:  # an entry that is a text itself
                return dict(zip(LANGUAGES, map(_plain, self.cleaned_data.values()), strict=True))
            within = values
            for step in place[:-1]:
                within[str(step)] = {**within.get(str(step), {})}
                within = within[str(step)]
            _put(within, slot, [self.cleaned_data.get(name) for name in _names(place, slot)])
        return values

    def sent_files(self) -> Iterator[tuple[str, Place, Any]]:
        """The files that came: the name of the field, its place and the file."""
        for place, slot in self._own:
            name = _names(place, slot)[0]
            if slot.shape is Shape.FILE and self.cleaned_data.get(name):
                yield name, place, self.cleaned_data[name]

    def blame(self, problems: Iterable[Problem], *, at: Place) -> None:
        """Put each thing that is wrong at its field."""
        for one in problems:
            if name := self._field_of(one.place[len(at) :]):
                self.add_error(name, words.problem(one.why))
            elif one.place == at:
                self.add_error(None, words.problem(one.why))

    def _field_of(self, place: Place) -> str | None:
        for length in range(len(place), 0, -1):
            name = _BETWEEN.join(map(str, place[:length]))
            for known in (name, f"{name}{_BETWEEN}fr"):
                if known in self.fields:
                    return known
        return None


def _own_slots(whole: Slot, place: Place = ()) -> Iterator[tuple[Place, Slot]]:
    """What is written here: single values, and those of a part that is always there."""
    if whole.shape is not Shape.PART:
        yield place, whole
        return
    for slot in slots(whole.type):
        if is_inside(slot):
            yield from _own_slots(slot, (*place, slot.name))
        elif not slot.holds:
            yield (*place, slot.name), slot


def is_inside(slot: Slot) -> bool:
    """Whether a part is written on the page of what holds it."""
    return (
        slot.shape is Shape.PART
        and not slot.may_lack
        and not any(one.holds for one in slots(slot.type))
    )


def _names(place: Place, slot: Slot) -> list[str]:
    if slot.shape in {Shape.SAID, Shape.PROSE}:
        return [_BETWEEN.join(map(str, (*place, language))) for language in LANGUAGES]
    return [_BETWEEN.join(map(str, place))]


def _shown(place: Place, slot: Slot, values: Any) -> Iterator[tuple[str, Any]]:
    value: Any = values
    for step in place:
        value = value.get(step) if isinstance(value, Mapping) else None
    names = _names(place, slot)
    if len(names) > 1:
        yield from ((name, (value or {}).get(name[-2:], "")) for name in names)
    elif slot.shape is Shape.CODES:
        yield names[0], ", ".join(value or ())
    elif slot.shape is Shape.LINES:
        yield names[0], "\n".join(value or ())
    elif slot.shape is not Shape.FILE:
        yield names[0], value


def _fields(place: Place, slot: Slot, values: Any) -> Iterator[tuple[str, forms.Field]]:
    label, name = words.field(slot.name) if place else _("Text"), _names(place, slot)
    if len(name) == 1:
        yield name[0], _single(slot, label, _hint(slot, values))
        return
    said = {"fr": _("%(field)s in French"), "en": _("%(field)s in English")}
    for one, language in zip(name, LANGUAGES, strict=True):
        rows = 10 if slot.shape is Shape.PROSE else 3 if slot.name in _LONG or not place else 0
        yield (
            one,
            forms.CharField(
                label=said[language] % {"field": label},
                required=False,
                widget=_text(rows, lang=language),
                help_text=_("Markdown: **bold**, [a link](contact), - for a list.")
                if slot.shape is Shape.PROSE
                else "",
            ),
        )


def _hint(slot: Slot, values: Any) -> str:
    said = words.hint(slot.name)
    kept = values.get(slot.name) if slot.shape is Shape.FILE and isinstance(values, Mapping) else ""
    if slot.shape is Shape.CODES and slot.choices:
        said = _("With commas, among: %(choices)s.") % {"choices": ", ".join(slot.choices)}
    return f"{_('Now: %(name)s.') % {'name': kept}} {said}" if kept else said


def _single(slot: Slot, label: str, hint: str) -> forms.Field:
    told: dict[str, Any] = {"label": label, "required": False, "help_text": hint}
    if slot.shape is Shape.CHOICE:
        none = [] if slot.needed else [("", "")]
        return forms.ChoiceField(choices=[*none, *((one, one) for one in slot.choices)], **told)
    if slot.shape is Shape.FILE:
        accepted = {"accept": ".pdf,.png,.jpg"}
        return forms.FileField(widget=forms.FileInput(attrs=accepted), **told)
    rows = {Shape.TEXT: 5, Shape.LINES: 3}.get(slot.shape, 0)
    return forms.CharField(widget=_text(rows), **told)


def _text(rows: int, **attributes: str) -> forms.Widget:
    if rows:
        return forms.Textarea(attrs={"rows": rows, **attributes})
    return forms.TextInput(attrs=attributes)


def _put(within: dict[str, Any], slot: Slot, said: list[Any]) -> None:
    """What was written, in the stead of what was there; nothing where nothing is and nothing must be."""
    value: Any = said[0]
    if slot.shape is Shape.FILE:
        return  # kept by its name once the file itself is
    if slot.shape in {Shape.SAID, Shape.PROSE}:
        value = dict(zip(LANGUAGES, (_plain(one) for one in said), strict=True))
        is_empty = not any(value.values())
    else:
        value = _plain(value)
        if slot.shape is Shape.CODES:
            value = [one for one in re.split(r"[\s,;]+", value) if one]
        elif slot.shape is Shape.LINES:
            value = [line.strip() for line in value.splitlines() if line.strip()]
        is_empty = not value
    if is_empty and not slot.needed:
        within.pop(slot.name, None)
    else:
        within[slot.name] = value


def _plain(text: Any) -> str:
    return str(text or "").replace("\r\n", "\n").strip()
