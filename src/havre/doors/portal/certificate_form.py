"""The form of a certificate: whose, under which contract, over which days, in which language."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.domains.certificates.access import may_certify
from havre.domains.contracts import queries as contracts_seen
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Withheld
from havre.domains.people.queries import PersonSeen
from havre.domains.products import queries as products
from havre.doors.portal import wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import Viewer
from havre.doors.ui import fields
from havre.doors.ui.forms import Form
from havre.journeys.certificates.catalogue import CertificateKind, PeriodRule
from havre.journeys.certificates.wording import languages
from havre.journeys.certificates.wording import wording as words_of

_SCHOOL_STARTS = 9  # September


class CertificateForm(Form):
    """Only people and contracts that the reader may name are on the lists; days as the kind has them."""

    person = forms.TypedChoiceField(label=gettext_lazy("For whom"), coerce=UUID)
    contract = forms.TypedChoiceField(label=gettext_lazy("Contract"), coerce=UUID)
    day = fields.DayField(
        label=gettext_lazy("Covered on"), help_text=gettext_lazy("Day, month, year")
    )
    first_day = fields.DayField(
        label=gettext_lazy("From"), help_text=gettext_lazy("Day, month, year")
    )
    last_day = fields.DayField(
        label=gettext_lazy("Until"), help_text=gettext_lazy("Day, month, year")
    )
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    language = forms.ChoiceField(label=gettext_lazy("Language of the certificate"))

    def __init__(
        self, *args: Any, choices: "Choices", kind: CertificateKind, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices, self._kind = choices, kind
        for name in {"day", "first_day", "last_day", "year"} - _DAYS[kind.period]:
            del self.fields[name]
        self._offer("person", choices.people)
        self._offer("contract", choices.contracts)
        self._offer("language", [(code, words_of(code).language) for code in languages()])
        if "year" in self.fields:
            self._offer("year", list(_years(kind.period, choices.viewer.today)))

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        pair = (chosen.get("person"), chosen.get("contract"))
        if all(pair) and pair not in self._choices.pairs:
            self.add_error("contract", _("This contract does not cover this person."))
        first, last = chosen.get("first_day"), chosen.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first. Check both."))
        return chosen

    def days(self) -> tuple[date, date]:
        """The days that were chosen, both included."""
        chosen = self.cleaned_data
        match self._kind.period:
            case PeriodRule.DAY:
                return chosen["day"], chosen["day"]
            case PeriodRule.DATES:
                return chosen["first_day"], chosen["last_day"]
            case PeriodRule.SCHOOL_YEAR | PeriodRule.CALENDAR_YEAR:
                return year_of(self._kind.period, chosen["year"])


_DAYS = {
    PeriodRule.DAY: {"day"},
    PeriodRule.DATES: {"first_day", "last_day"},
    PeriodRule.SCHOOL_YEAR: {"year"},
    PeriodRule.CALENDAR_YEAR: {"year"},
}


def year_of(rule: PeriodRule, year: int) -> tuple[date, date]:
    """The school year that starts in ``year``, or that calendar year."""
    if rule is PeriodRule.SCHOOL_YEAR:
        return date(year, _SCHOOL_STARTS, 1), date(year + 1, 8, 31)
    return date(year, 1, 1), date(year, 12, 31)


def _years(rule: PeriodRule, today: date) -> Iterator[tuple[str, str]]:
    """The year of today first, then those that are asked for: the last ones, and the next for a school."""
    if rule is PeriodRule.SCHOOL_YEAR:
        this = today.year if today.month >= _SCHOOL_STARTS else today.year - 1
        for year in (this, this + 1, this - 1):
            yield str(year), f"{year}-{year + 1}"
    else:
        for year in range(today.year, today.year - 5, -1):
            yield str(year), str(year)


class Choices:
    """Whom the reader may have a certificate for, and under which contracts. Two statements."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.family = Family(viewer)
        held = contracts_seen.contracts_of(household=viewer.account.household)
        self.held = [
            one
            for one in self.family.contracts(held)
            if not self.family.withholds(one.id, Withheld.CERTIFICATES)
        ]
        self.allowed = allowed(self.family)
        self.pairs = {
            (who, contract.id)
            for contract in self.held
            for who in contract.people()
            if who in self.allowed
        }

    @property
    def people(self) -> list[tuple[str, str]]:
        covered = {person for person, _contract in self.pairs}
        return [
            (str(person.id), person.full_name)
            for person in self.family.people
            if person.id in covered
        ]

    @cached_property
    def contracts(self) -> list[tuple[str, str]]:
        """With their names, which is one more statement."""
        formulas = products.formulas(ids=(contract.formula for contract in self.held))
        named = {contract for _person, contract in self.pairs}
        return [
            (str(contract.id), self._name(contract, formulas))
            for contract in self.held
            if contract.id in named
        ]

    def _name(self, contract: ContractSeen, formulas: dict[UUID, products.FormulaSeen]) -> str:
        name = wording.contract_name(contract, formulas, language=self.viewer.language)
        return f"{name}, {contract.number}"

    def form(
        self,
        kind: CertificateKind,
        given: QueryDict | None = None,
        *,
        wished: dict[str, str] | None = None,
    ) -> CertificateForm:
        """The form as it was sent, or filled with what is most likely wanted."""
        own = str(self.viewer.account.person)
        people = dict(self.people)
        today = self.viewer.today
        initial = {
            "person": own if own in people else next(iter(people), ""),
            "contract": next(iter(dict(self.contracts)), ""),
            "day": today,
            "first_day": today,
            "last_day": today + timedelta(days=29),
            "language": self.viewer.language,
        }
        return CertificateForm(given, choices=self, kind=kind, initial=initial | (wished or {}))

    def refuse_strangers(self, given: QueryDict) -> None:
        """Whom the reader may not name is a missing one: no list of ours offered them."""
        offered = {str(one) for pair in self.pairs for one in pair}
        asked = {given.get("person", ""), given.get("contract", "")} - {""}
        if asked - offered:
            raise Http404


def allowed(family: Family) -> dict[UUID, PersonSeen]:
    """The people of the household of whom the reader may have certificates, by id."""
    reader = family.reader
    return {
        person.id: person
        for person in family.people
        if reader
        and may_certify(
            link=reader.link,
            own=family.is_reader(person.id),
            adult=family.is_adult(person),
        )
    }
