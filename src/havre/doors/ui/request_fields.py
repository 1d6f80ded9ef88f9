"""How each kind of answer is typed, read and drawn in the form of a request.

``typed`` is what a page holds of a question: its parts by name, "" for the only one. ``read`` gives the
value that is kept, as JSON; ``typed_of`` is its inverse. Nothing here knows of a request or of a page.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from havre.doors.ui import formats, forms
from havre.doors.ui.amounts import WrongAmount, read_amount
from havre.doors.ui.fields import DayField
from havre.doors.ui.forms import FieldView
from havre.foundation.identifiers import WrongNumber, check_iban, check_nir, format_nir
from havre.foundation.money import Money, minor_units
from havre.foundation.phones import WrongPhone, read_phone, shown_phone
from havre.journeys.requests.words import Field, FieldType

Typed = Mapping[str, list[str]]
_LONGEST = {FieldType.LONG: 4000}
_LONGEST_LINE = 400
_TOO_MUCH = Decimal(10) ** 12


class Unreadable(Exception):  # what was typed, not a fault of ours
    """What was typed is not what is asked; its words say what to write."""


@dataclass(frozen=True)
class Drawn:
    """A question as the macros draw it: one control or several, under a legend where there are several."""

    views: tuple[FieldView, ...]
    legend: str = ""
    hint: str = ""
    columns: bool = False


@dataclass(frozen=True)
class Place:
    """Where a question stands on its page: the name of its controls, and what is wrong there."""

    path: str
    problems: tuple[str, ...] = ()

    def name(self, part: str) -> str:
        return f"{self.path}.{part}" if part else self.path


class Answer(ABC):
    """One question: its ``field`` and how it is answered."""

    parts: tuple[str, ...] = ("",)

    def __init__(self, field: Field) -> None:
        self.field = field

    @abstractmethod
    def read(self, typed: Typed) -> Any:
        """The value to keep, None where nothing was typed. Raises ``Unreadable``."""

    def typed_of(self, value: Any) -> Typed:
        """A value as one would type it; what is no such value is nothing."""
        return {"": [str(value)]} if value not in (None, "") else {}

    @abstractmethod
    def drawn(self, typed: Typed, place: Place) -> Drawn:
        """The question with what was typed."""

    def said(self, value: Any) -> str:
        """The value in words, for a recap."""
        return str(value)

    def _view(self, place: Place, typed: Typed, part: str = "", **changes: Any) -> FieldView:
        """An input; ``changes`` say what else it is."""
        field = self.field
        view = FieldView(
            kind="input",
            id=place.name(part),
            name=place.name(part),
            type="text",
            label=field.label,
            hint=field.hint,
            optional=not field.required,
            value=first(typed, part),
            checked=False,
            attributes=(),
            options=(),
            problems=place.problems,
        )
        given = changes.pop("attributes", {})
        named = {"autocomplete": field.autocomplete or "off", **given}
        if field.required:
            named["required"] = ""
        return replace(view, attributes=tuple(named.items()), **changes)


class Text(Answer):
    """Words, of one line or several."""

    def read(self, typed: Typed) -> Any:
        text = first(typed).replace("\r\n", "\n").replace("\x00", "").strip()
        if not text:
            return None
        if len(text) > self._most:
            raise Unreadable(_("Write at most %(limit_value)d characters.") % self._limit)
        return self._checked(text)

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        given: dict[str, Any] = {"attributes": {"maxlength": str(self._most)}}
        if self.field.type is FieldType.LONG:
            given = {"kind": "textarea", "attributes": {**given["attributes"], "rows": "6"}}
        return Drawn((self._view(place, typed, **given),))

    def _checked(self, text: str) -> str:
        return text

    @property
    def _most(self) -> int:
        return int(self.field.at_most or _LONGEST.get(self.field.type, _LONGEST_LINE))

    @property
    def _limit(self) -> dict[str, int]:
        return {"limit_value": self._most}


class Email(Text):
    def _checked(self, text: str) -> str:
        try:
            validate_email(text)
        except ValidationError:
            raise Unreadable(_("Write an address like name@example.org.")) from None
        return text

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        keyboard = {"autocapitalize": "none", "spellcheck": "false", "maxlength": "254"}
        return Drawn((self._view(place, typed, type="email", attributes=keyboard),))


class Phone(Text):
    """Without a country code it is read as one dials it in ``country``."""

    def __init__(self, field: Field, *, country: str) -> None:
        super().__init__(field)
        self._country = country

    def _checked(self, text: str) -> str:
        try:
            return read_phone(text, country=self._country)
        except WrongPhone:
            words = _(
                "No telephone has this number. Check the digits, and the country code after “+”."
            )
            raise Unreadable(words) from None

    def typed_of(self, value: Any) -> Typed:
        return {"": [self.said(value)]} if value else {}

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        return Drawn((self._view(place, typed, type="tel", attributes={"maxlength": "40"}),))

    def said(self, value: Any) -> str:
        return shown_phone(str(value))


class Numbered(Text):
    """A number that carries its own proof: an IBAN, a social security number."""

    def _checked(self, text: str) -> str:
        try:
            if self.field.type is FieldType.IBAN:
                return check_iban(text)
            return check_nir(text, provisional_ok=True)
        except WrongNumber:
            words = {
                FieldType.IBAN: _(
                    "This is no IBAN. Check each character: it begins with the letters of a country."
                ),
                FieldType.NIR: _("This is no social security number. Check its 15 characters."),
            }
            raise Unreadable(words[self.field.type]) from None

    def typed_of(self, value: Any) -> Typed:
        return {"": [self.said(value)]} if value else {}

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        keyboard = {"autocapitalize": "characters", "spellcheck": "false", "maxlength": "60"}
        return Drawn((self._view(place, typed, attributes=keyboard),))

    def said(self, value: Any) -> str:
        text = str(value)
        if self.field.type is FieldType.NIR:
            return format_nir(text)
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


class Day(Answer):
    """A day typed as text, the day first; see ``days`` for what is read and why."""

    def read(self, typed: Typed) -> Any:
        try:
            found = DayField().to_python(first(typed))
        except ValidationError as wrong:
            raise Unreadable(" ".join(wrong.messages)) from None
        if found is None:
            return None
        least, most = self.field.at_least, self.field.at_most
        if least and found < date.fromisoformat(least):
            raise Unreadable(_("Write a day from %(day)s on.") % {"day": self.said(least)})
        if most and found > date.fromisoformat(most):
            raise Unreadable(
                _("Write a day until %(day)s at the latest.") % {"day": self.said(most)}
            )
        return found.isoformat()

    def typed_of(self, value: Any) -> Typed:
        try:
            return {"": [formats.typed_day(date.fromisoformat(str(value)))]}
        except ValueError:
            return {}

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        hint = self.field.hint or _("Day, month, year: 21/03/1958 or 21031958")
        keyboard = {"inputmode": "numeric", "maxlength": "40"}
        return Drawn((self._view(place, typed, hint=hint, attributes=keyboard),))

    def said(self, value: Any) -> str:
        return formats.day(date.fromisoformat(str(value)))


class Number(Answer):
    """A plain number, kept as text: "6", "1.5"."""

    def read(self, typed: Typed) -> Any:
        text = first(typed).strip()
        if not text:
            return None
        try:
            found = read_amount(text)
        except WrongAmount as wrong:
            raise Unreadable(
                _thousands() if wrong.ambiguous else _("Write a number, for example 6.")
            ) from None
        if self.field.at_least and found < Decimal(self.field.at_least):
            raise Unreadable(_("Write %(number)s or more.") % {"number": self.field.at_least})
        if self.field.at_most and found > Decimal(self.field.at_most):
            raise Unreadable(_("Write %(number)s or less.") % {"number": self.field.at_most})
        if found >= _TOO_MUCH:
            raise Unreadable(_("Check the amount: it is out of what can be asked here."))
        return format(found, "f")

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        keyboard = {"inputmode": "decimal", "maxlength": "24"}
        return Drawn((self._view(place, typed, attributes=keyboard),))

    def said(self, value: Any) -> str:
        return formats.figure(Decimal(str(value)))


class Amount(Answer):
    """An amount and its currency, side by side; ``currencies`` in the order they are offered."""

    parts = ("amount", "currency")

    def __init__(self, field: Field, *, currencies: Sequence[str]) -> None:
        super().__init__(field)
        self._currencies = tuple(dict.fromkeys((*field.given, *currencies)))

    def read(self, typed: Typed) -> Any:
        text, currency = first(typed, "amount").strip(), first(typed, "currency")
        if not text:
            return None
        if currency not in self._currencies:
            raise Unreadable(_("Choose the currency of the amount."))
        try:
            found = read_amount(text)
        except WrongAmount as wrong:
            raise Unreadable(
                _thousands()
                if wrong.ambiguous
                else _("Write an amount, for example 92.50 or 1,234.50.")
            ) from None
        self._bounded(found, currency)
        return {"amount": format(found, "f"), "currency": currency}

    def _bounded(self, found: Decimal, currency: str) -> None:
        exponent = found.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > minor_units(currency):
            count = minor_units(currency)
            words = (
                _("%(currency)s has %(count)d decimals at the most.")
                if count
                else _("%(currency)s is written without decimals.")
            )
            raise Unreadable(words % {"currency": currency, "count": count})
        least, most = self.field.at_least, self.field.at_most
        if least and found < Decimal(least):
            said = {"number": formats.figure(Decimal(least))}
            raise Unreadable(_("Write %(number)s or more.") % said)
        if found >= _TOO_MUCH or (most and found > Decimal(most)):
            raise Unreadable(_("Check the amount: it is out of what can be asked here."))

    def typed_of(self, value: Any) -> Typed:
        if not isinstance(value, dict):
            return {}
        held = {part: [str(value[part])] for part in self.parts if value.get(part)}
        if "amount" in held and formats.locale().language == "fr":
            held["amount"] = [held["amount"][0].replace(".", ",")]
        return held

    def drawn(self, typed: Typed, place: Place) -> Drawn:
        keyboard = {"inputmode": "decimal", "maxlength": "40"}
        chosen = first(typed, "currency") or next(iter(self._currencies), "")
        amount = replace(self._view(place, typed, "amount", attributes=keyboard), id=place.path)
        currency = self._view(place, typed, "currency", kind="select", hint="", problems=())
        options = tuple(forms.Option(code, code, code == chosen, "") for code in self._currencies)
        label = _("Currency")
        return Drawn(
            (amount, replace(currency, label=label, optional=False, options=options)), columns=True
        )

    def said(self, value: Any) -> str:
        return formats.money(Money(value["amount"], value["currency"]))


def _thousands() -> str:
    return _("Write thousands with a space, or the decimals with two digits: 1 234.50.")


def first(typed: Typed, part: str = "") -> str:
    """What was typed of a part, "" for nothing."""
    return next(iter(typed.get(part, [])), "")
