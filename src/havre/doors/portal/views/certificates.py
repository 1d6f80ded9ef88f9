"""Insurance certificates: choose whose, under which contract, in which language, as of which day."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from havre.commons.accounts.words import Step
from havre.domains.contracts import queries as contracts_seen
from havre.domains.contracts.queries import ContractSeen
from havre.domains.products import queries as products
from havre.doors.portal import wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page, step_page
from havre.doors.ui import fields, formats
from havre.doors.ui.forms import Form
from havre.foundation.db import Role, acting
from havre.journeys.certificates.document import CertificateRefused, certificate_pdf
from havre.journeys.certificates.facts import NoSuchCover, certificate_facts
from havre.journeys.certificates.words import Ask, CertificateFacts, Reason

FILE_NAMES = {"fr": "attestation", "en": "certificate"}


class CertificateForm(Form):
    """Whose certificate, and how. Only people and contracts of the household are on the lists."""

    person = forms.TypedChoiceField(label=gettext_lazy("For whom"), coerce=UUID)
    contract = forms.TypedChoiceField(label=gettext_lazy("Contract"), coerce=UUID)
    day = fields.DayField(
        label=gettext_lazy("Covered on"), help_text=gettext_lazy("Day, month, year")
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the certificate"),
        choices=(("fr", "Français"), ("en", "English")),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, choices: "Choices", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices = choices
        self.fields["person"].choices = choices.people  # type: ignore[attr-defined]
        self.fields["contract"].choices = choices.contracts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        pair = (chosen.get("person"), chosen.get("contract"))
        if all(pair) and pair not in self._choices.pairs:
            self.add_error("contract", _("This contract does not cover this person."))
        return chosen


class Choices:
    """Who is covered by what in the reader's household. Three statements."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        family = Family(viewer)
        contracts = contracts_seen.contracts_of(household=viewer.account.household)
        formulas = products.formulas(ids=(contract.formula for contract in contracts))
        self.pairs = {(who, contract.id) for contract in contracts for who in contract.people()}
        covered = {person for person, _contract in self.pairs}
        self.people = [
            (str(person.id), person.full_name) for person in family.people if person.id in covered
        ]
        self.contracts = [
            (str(contract.id), self._name(contract, formulas))
            for contract in contracts
            if contract.covers
        ]

    def _name(self, contract: ContractSeen, formulas: dict[UUID, products.FormulaSeen]) -> str:
        name = wording.contract_name(contract, formulas, language=self.viewer.language)
        return f"{name}, {contract.number}"

    def form(
        self, given: QueryDict | None = None, *, wished: dict[str, str] | None = None
    ) -> CertificateForm:
        """The form as it was sent, or filled with what is most likely wanted."""
        own = str(self.viewer.account.person)
        people = dict(self.people)
        initial = {
            "person": own if own in people else next(iter(people), ""),
            "contract": next(iter(dict(self.contracts)), ""),
            "day": self.viewer.today,
            "language": self.viewer.language,
        }
        return CertificateForm(given, choices=self, initial=initial | (wished or {}))

    def refuse_strangers(self, given: QueryDict) -> None:
        """Somebody else's person or contract is a missing one: no list of ours offered it."""
        offered = dict(self.people).keys() | dict(self.contracts).keys()
        asked = {given.get("person", ""), given.get("contract", "")} - {""}
        if asked - offered:
            raise Http404


@require_safe
@member_page
def certificates(request: HttpRequest, viewer: Viewer) -> Made:
    """The form; a link from a contract fills in whose (W30)."""
    choices = Choices(viewer)
    choices.refuse_strangers(request.GET)
    wished = {name: request.GET[name] for name in ("person", "contract") if name in request.GET}
    return _page(choices.form(wished=wished))


@require_safe
@step_page(Step.HOME)
def certificate(request: HttpRequest, viewer: Viewer) -> Made:
    """The file, or the form again with what to mend. Typeset once the guard is left."""
    with acting(actor=viewer.actor, role=Role.MEMBER, household=viewer.account.household):
        choices = Choices(viewer)
        choices.refuse_strangers(request.GET)
        form = choices.form(request.GET)
        facts = _facts(viewer, form) if form.is_valid() else None
    if facts is None:
        return _page(form)
    try:
        return _download(facts, form.cleaned_data["language"], viewer.now)
    except CertificateRefused as refusal:
        return _page(form, refusals=[_words(refusal, reason) for reason in refusal.reasons])


def _facts(viewer: Viewer, form: CertificateForm) -> CertificateFacts:
    try:
        return certificate_facts(
            household=viewer.account.household,
            person=form.cleaned_data["person"],
            contract=form.cleaned_data["contract"],
            as_of=form.cleaned_data["day"],
            issued_on=viewer.today,
            language=form.cleaned_data["language"],
        )
    except NoSuchCover as refusal:
        raise Http404 from refusal


def _download(facts: CertificateFacts, language: Any, now: datetime) -> HttpResponse:
    response = HttpResponse(
        certificate_pdf(facts, language=language, created=now), content_type="application/pdf"
    )
    name = f"{FILE_NAMES[language]}-{facts.reference}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(form: CertificateForm, refusals: list[tuple[str, str]] | None = None) -> Page:
    values = {"form": form, "refusals": refusals or []}
    status = 422 if form.is_bound else 200
    return Page("portal/certificates.jinja", values, rubric="certificates", status=status)


def _words(refusal: CertificateRefused, reason: Reason) -> tuple[str, str]:
    """Why there is no certificate, and what to do."""
    return _reason(refusal, reason), _remedy(refusal, reason)


def _reason(refusal: CertificateRefused, reason: Reason) -> str:
    start = formats.day(refusal.cover_start) if refusal.cover_start else ""
    end = formats.day(refusal.cover_end) if refusal.cover_end else ""
    return {
        Reason.INSURER_DETAILS_MISSING: _("Our own address or telephone number is missing."),
        Reason.NAME_MISSING: _("A name is missing in the file."),
        Reason.BIRTH_DATE_MISSING: _("The date of birth is missing in the file."),
        Reason.CONTRACT_NUMBER_MISSING: _("The number of the contract is missing in the file."),
        Reason.TERRITORY_MISSING: _("The zone where the contract covers is missing in the file."),
        Reason.COVER_START_MISSING: _("The first day of the cover is missing in the file."),
        Reason.COVER_NOT_STARTED: _("The cover starts on %(day)s only.") % {"day": start},
        Reason.COVER_ENDED: _("The cover ended on %(day)s.") % {"day": end},
        Reason.TOO_FAR_AHEAD: _("Nobody can certify a cover more than a year ahead."),
        Reason.FONTS_MISSING: _("A name is written in letters that we cannot print: %(letters)s")
        % {"letters": " ".join(refusal.unprintable)},
    }[reason]


def _remedy(refusal: CertificateRefused, reason: Reason) -> str:
    if reason is Reason.TOO_FAR_AHEAD:
        return _("Choose an earlier day.")
    if reason.ask is Ask.CHOOSE_ANOTHER_DAY:
        return _another_day(refusal)
    return {
        Ask.GIVE_BIRTH_DATE: _("Call us with the date of birth: we add it with you."),
        Ask.GIVE_NAME: _("Call us with the full name: we add it with you."),
        Ask.GIVE_NAME_IN_LATIN_LETTERS: _(
            "Call us with the name in Latin letters, as in the passport."
        ),
        Ask.HAVE_CONTRACT_COMPLETED: _("Call us: we have the contract completed."),
        Ask.HAVE_SERVICE_DETAILS_COMPLETED: _("It is for us to complete it. Call us."),
    }[reason.ask]


def _another_day(refusal: CertificateRefused) -> str:
    if refusal.cover_start is None:
        return _("Choose an earlier day.")
    start = formats.day(refusal.cover_start)
    if refusal.cover_end is None:
        return _("Choose %(day)s or a later day.") % {"day": start}
    return _("Choose a day from %(start)s to %(end)s.") % {
        "start": start,
        "end": formats.day(refusal.cover_end),
    }
