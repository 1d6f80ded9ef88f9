"""The search of reimbursements as a form, as an address and as chips to remove."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.domains.health.queries import Criteria
from havre.domains.health.words import Category, Paid
from havre.doors.portal import wording
from havre.doors.portal.household import Family
from havre.doors.ui import fields, formats
from havre.doors.ui.amounts import currency_named
from havre.doors.ui.forms import Form
from havre.foundation.dates import Period, add_months, last_months
from havre.foundation.money import Money, NotAnAmount, TooManyDecimals, UnknownCurrency, minor_units
from havre.foundation.names import sort_key


class Preset(StrEnum):
    """Periods chosen at once; whole calendar months, the current one included."""

    THIS_MONTH = "this-month"
    THREE_MONTHS = "3-months"
    SIX_MONTHS = "6-months"
    TWELVE_MONTHS = "12-months"
    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"


_MONTHS = {
    Preset.THIS_MONTH: 1,
    Preset.THREE_MONTHS: 3,
    Preset.SIX_MONTHS: 6,
    Preset.TWELVE_MONTHS: 12,
}


def preset_name(preset: Preset) -> str:
    return {
        Preset.THIS_MONTH: _("This month"),
        Preset.THREE_MONTHS: _("The last 3 months"),
        Preset.SIX_MONTHS: _("The last 6 months"),
        Preset.TWELVE_MONTHS: _("The last 12 months"),
        Preset.THIS_YEAR: _("This year"),
        Preset.LAST_YEAR: _("Last year"),
    }[preset]


def period_of(preset: Preset, *, today: date) -> Period:
    if preset in _MONTHS:
        months = last_months(today, _MONTHS[preset])
        return Period(months[0][0], months[-1][1])
    first = date(today.year - (preset is Preset.LAST_YEAR), 1, 1)
    return Period(first, add_months(first, 11).replace(day=31))


class SearchForm(Form):
    """Every criterion is optional. Days are those of settlement; people those whose care is told."""

    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)
    start = fields.DayField(label=gettext_lazy("Settled from"), required=False, help_text="")
    end = fields.DayField(label=gettext_lazy("Settled until"), required=False, help_text="")
    person = forms.TypedChoiceField(
        label=gettext_lazy("For whom"), required=False, coerce=UUID, empty_value=None
    )
    category = forms.TypedChoiceField(
        label=gettext_lazy("Category"), required=False, coerce=Category, empty_value=None
    )
    provider = forms.CharField(label=gettext_lazy("Provider"), required=False, max_length=100)
    paid = forms.TypedChoiceField(
        label=gettext_lazy("Amount"), required=False, coerce=Paid, empty_value=Paid.SPENT
    )
    least = fields.AmountField(label=gettext_lazy("From"), required=False)
    most = fields.AmountField(label=gettext_lazy("Up to"), required=False)
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        required=False,
        max_length=10,
        widget=forms.TextInput({"autocapitalize": "characters", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.family = family
        self._choices("period", [("", _("Any time"))], ((p, preset_name(p)) for p in Preset))
        told = family.care_reader().visible()
        people = ((str(one.id), one.full_name) for one in family.people if one.id in told)
        self._choices("person", [("", _("Everyone"))], people)
        named = sorted(
            ((one.value, wording.category(one)) for one in Category),
            key=lambda one: sort_key(one[1]),
        )
        self._choices("category", [("", _("All care"))], iter(named))
        paid = [("", _("Spent")), (Paid.REIMBURSED.value, _("Reimbursed"))]
        self._choices("paid", paid, iter(()))

    def _choices(self, name: str, first: list[tuple[str, str]], rest: Iterator[Any]) -> None:
        choices = [*first, *((str(value), label) for value, label in rest)]
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_currency(self) -> str | None:
        code = currency_named(str(self.cleaned_data["currency"]))
        if not code:
            return None
        try:
            minor_units(code)
        except UnknownCurrency:
            raise forms.ValidationError(
                _("Write the three letters of a currency, for example EUR or USD.")
            ) from None
        return code

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        start, end = typed.get("start"), typed.get("end")
        if start and end and end < start:
            self.add_error("end", _("This day is before the first one. Check both."))
        if typed.get("period") and (start or end):
            self.add_error("period", _("Choose a period or type days, not both."))
        self._clean_amounts(typed)
        return typed

    def _clean_amounts(self, typed: dict[str, Any]) -> None:
        amounts = {name: typed[name] for name in ("least", "most") if typed.get(name) is not None}
        if not amounts or "currency" in self.errors:
            return
        named = {typed.get("currency"), *(code for _amount, code in amounts.values())} - {None}
        if len(named) > 1:
            self.add_error("currency", _("Search in one currency at a time."))
            return
        typed["currency"] = next(iter(named), self.family.currency)
        if not typed["currency"]:
            self.add_error("currency", _("Write the currency of the amount, for example EUR."))
            return
        for name, (amount, _code) in amounts.items():
            try:
                typed[name] = Money(amount, typed["currency"])
            except (TooManyDecimals, NotAnAmount):
                self.add_error(name, _("This currency has no such amount. Check the decimals."))
        if len(amounts) == 2 and not self.errors and typed["most"] < typed["least"]:
            self.add_error("most", _("This amount is less than the first one. Check both."))

    def criteria(self, *, today: date) -> Criteria:
        """What a valid form asks for."""
        typed = self.cleaned_data
        preset = typed["period"]
        return Criteria(
            period=period_of(Preset(preset), today=today)
            if preset
            else Period(typed["start"], typed["end"]),
            person=typed["person"],
            category=typed["category"],
            provider=typed["provider"],
            currency=None if typed["least"] or typed["most"] else typed["currency"],
            paid=typed["paid"],
            least=typed["least"],
            most=typed["most"],
        )


NAMES = tuple(SearchForm.base_fields)


@dataclass(frozen=True)
class Chip:
    """One criterion in words, and the same search without it."""

    label: str
    query: str


def asked_in(query: QueryDict) -> dict[str, str]:
    """What the address holds of a search, without what is empty."""
    return {name: value for name in NAMES if (value := str(query.get(name, ""))).strip()}


def chips(form: SearchForm, asked: dict[str, str]) -> list[Chip]:
    """Each criterion of a valid form. Amounts go with their currency."""

    def without(*names: str) -> str:
        return urlencode({name: value for name, value in asked.items() if name not in names})

    typed, found = form.cleaned_data, []
    if typed["period"]:
        found.append(Chip(preset_name(Preset(typed["period"])), without("period")))
    if typed["start"]:
        day = formats.day(typed["start"])
        found.append(Chip(_("Settled from %(day)s") % {"day": day}, without("start")))
    if typed["end"]:
        day = formats.day(typed["end"])
        found.append(Chip(_("Settled until %(day)s") % {"day": day}, without("end")))
    if typed["person"]:
        found.append(Chip(form.family.first_name(typed["person"]), without("person")))
    if typed["category"]:
        found.append(Chip(wording.category(typed["category"]), without("category")))
    if typed["provider"]:
        found.append(Chip(f"“{typed['provider']}”", without("provider")))
    if typed["least"] or typed["most"]:
        amounts = without("paid", "least", "most", "currency")
        found.append(Chip(_amounts(typed), amounts))
    elif typed["currency"]:
        found.append(Chip(typed["currency"], without("currency", "paid")))
    return found


def _amounts(typed: dict[str, Any]) -> str:
    least, most = typed["least"], typed["most"]
    kind = _("Reimbursed") if typed["paid"] is Paid.REIMBURSED else _("Spent")
    words = {
        "kind": kind,
        "least": formats.money(least) if least else "",
        "most": formats.money(most) if most else "",
    }
    if least and most:
        return _("%(kind)s from %(least)s to %(most)s") % words
    if least:
        return _("%(kind)s from %(least)s") % words
    return _("%(kind)s up to %(most)s") % words
