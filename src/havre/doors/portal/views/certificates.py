"""Insurance certificates: chosen, issued once, listed, downloaded again, revoked."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.accounts.words import Step
from havre.commons.documents import queries as documents
from havre.commons.documents.queries import DocumentDamaged
from havre.domains.certificates import actions as certificates
from havre.domains.certificates import queries as issued
from havre.domains.certificates.queries import CertificateSeen
from havre.domains.contracts import queries as contracts_seen
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Withheld
from havre.doors.portal import certificate_words as words
from havre.doors.portal.certificate_form import CertificateForm, Choices, allowed
from havre.doors.portal.cursors import id_after
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page, step_page
from havre.doors.ui import formats
from havre.doors.ui.addresses import url
from havre.foundation.db import Role, acting
from havre.journeys.certificates.catalogue import Catalogue, CertificateKind, catalogue
from havre.journeys.certificates.facts import NoSuchCover, Wish
from havre.journeys.certificates.issuing import issue
from havre.journeys.certificates.rules import CertificateRefused
from havre.journeys.certificates.wording import wording

RUBRIC = "certificates"
ON_A_PAGE = 20


@dataclass(frozen=True)
class Offered:
    """A kind, on the page where one is chosen."""

    name: str
    about: str
    url: str


@dataclass(frozen=True)
class Line:
    """A certificate that was issued, as it is listed; ``state`` is words and the kind of a tag."""

    url: str
    download_url: str
    name: str
    person: str
    days: str
    issued_on: str
    language: str
    language_code: str
    reference: str
    state: tuple[str, str]
    revocable: bool
    sealed: bool


@require_safe
@member_page
def index(request: HttpRequest, viewer: Viewer) -> Made:
    """The kinds that are offered, and the certificates that were issued (W30)."""
    choices = Choices(viewer)
    choices.refuse_strangers(request.GET)
    wished = {name: request.GET[name] for name in ("person", "contract") if name in request.GET}
    known = catalogue(today=viewer.today)
    found = issued.issued(
        household=viewer.account.household,
        people=choices.allowed,
        besides=choices.family.withholding(Withheld.CERTIFICATES),
        after=id_after(request.GET.get("after", "")),
        most=ON_A_PAGE + 1,
    )
    shown = Issued(viewer, choices.family, choices.held, known)
    values = {
        "offered": [_offered(kind, viewer, wished) for kind in known.kinds if choices.people],
        "lines": [shown.line(one) for one in found[:ON_A_PAGE]],
        "older_url": _older(found),
        "later": "after" in request.GET,
    }
    return Page("portal/certificates.jinja", values, rubric=RUBRIC)


@require_http_methods(["GET", "HEAD", "POST"])
@step_page(Step.HOME)
def new(request: HttpRequest, viewer: Viewer, kind: str) -> Made:
    """The form of one kind, and its issue: sent twice, it is one certificate (W30)."""
    posted = request.POST if request.method == "POST" else None
    given = request.GET if posted is None else posted
    with acting(actor=viewer.actor, role=Role.MEMBER, household=viewer.account.household):
        known = catalogue(today=viewer.today)
        certificate = known.kind(kind)
        if certificate is None:
            raise Http404
        choices = Choices(viewer)
        choices.refuse_strangers(given)
        wished = {name: given[name] for name in ("person", "contract") if name in given}
        form = choices.form(certificate, posted, wished=wished)
    if not form.is_valid():  # one that was only opened is not either
        return _form_page(viewer, certificate, form)
    try:
        made = _issue(viewer, certificate, known, form)
    except CertificateRefused as refusal:
        said = [words.refusal(refusal, reason) for reason in refusal.reasons]
        return _form_page(viewer, certificate, form, said)
    return redirect("portal:certificate", id=made)


@require_safe
@member_page
def certificate(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """One certificate: what it is worth today, the file, and the way to revoke it."""
    return _page(viewer, id, "portal/certificate.jinja")


@require_safe
@member_page
def download(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002, ARG001
    """The very file that was issued."""
    found, _family = _own(viewer, id)
    document = documents.document_of(household=viewer.account.household, document=found.document)
    if document is None:
        raise Http404
    try:
        content = b"".join(documents.content_of(document))
    except DocumentDamaged:
        values = {"back_url": url("portal:certificates")}
        return Page("portal/file_damaged.jinja", values, rubric=RUBRIC, status=503)
    response = HttpResponse(content, content_type=document.media_type)
    name = document.file_name or f"{found.reference}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def revoke(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """Asked once more before it is done: the paper is worth nothing from then on."""
    found, _family = _own(viewer, id)
    if request.method == "POST":
        certificates.revoke(
            household=viewer.account.household, certificate=found.id, now=viewer.now
        )
        return redirect("portal:certificate", id=id)
    return _page(viewer, id, "portal/certificate_revoke.jinja")


def _issue(
    viewer: Viewer, certificate: CertificateKind, known: Catalogue, form: CertificateForm
) -> UUID:
    chosen = form.cleaned_data
    page_language = "fr" if chosen["language"] == "fr" else "en"
    first_day, last_day = form.days()
    wish = Wish(
        household=viewer.account.household,
        person=chosen["person"],
        contract=chosen["contract"],
        certificate=certificate,
        known=known,
        first_day=first_day,
        last_day=last_day,
        language=chosen["language"],
    )
    try:
        return issue(
            wish,
            check_at=f"{settings.HAVRE.BASE_URL}/{page_language}/check/",
            actor=viewer.actor,
            account=viewer.account.id,
            today=viewer.today,
            now=viewer.now,
        )
    except NoSuchCover as refusal:
        raise Http404 from refusal


class Issued:
    """Certificates as the pages show them, with the covers that they rest on."""

    def __init__(
        self, viewer: Viewer, family: Family, held: list[ContractSeen], known: Catalogue
    ) -> None:
        self._viewer, self._family, self._known = viewer, family, known
        self._contracts = {contract.id: contract for contract in held}

    def line(self, one: CertificateSeen) -> Line:
        contract = self._contracts.get(one.contract)
        covers = contract.periods_of(one.person) if contract else []
        worth = one.worth(covers, on=self._viewer.today)
        person = self._family.get(one.person)
        return Line(
            url=reverse("portal:certificate", kwargs={"id": one.id}),
            download_url=reverse("portal:certificate-download", kwargs={"id": one.id}),
            name=words.kind_name(self._known, one.kind, self._viewer.language),
            person=person.full_name if person else _("Someone in your household"),
            days=words.days(one.period),
            issued_on=formats.day(one.issued_at.date()),
            language=wording(one.language).language,
            language_code=one.language,
            reference=one.reference,
            state=words.state(worth, one.period),
            revocable=one.revoked_at is None,
            sealed=one.sealed,
        )


def _own(viewer: Viewer, certificate: UUID) -> tuple[CertificateSeen, Family]:
    """A certificate that the reader may have, of that person and contract; any other is a missing one."""
    found = issued.certificate_of(household=viewer.account.household, certificate=certificate)
    family = Family(viewer)
    if found is None or found.person not in allowed(family):
        raise Http404
    if family.withholds(found.contract, Withheld.CERTIFICATES):
        raise Http404
    return found, family


def _page(viewer: Viewer, certificate: UUID, template: str) -> Page:
    found, family = _own(viewer, certificate)
    held = contracts_seen.contracts_of(household=viewer.account.household)
    line = Issued(viewer, family, held, catalogue(today=viewer.today)).line(found)
    revoke_url = reverse("portal:certificate-revoke", kwargs={"id": certificate})
    values = {"line": line, "revoke_url": revoke_url, "back_url": url("portal:certificates")}
    return Page(template, values, rubric=RUBRIC)


def _offered(kind: CertificateKind, viewer: Viewer, wished: dict[str, str]) -> Offered:
    said = kind.said_in(viewer.language)
    query = f"?{urlencode(wished)}" if wished else ""
    address = reverse("portal:certificate-new", kwargs={"kind": kind.code})
    return Offered(said.name, said.about, address + query)


def _older(found: list[CertificateSeen]) -> str:
    if len(found) <= ON_A_PAGE:
        return ""
    return f"{url('portal:certificates')}?{urlencode({'after': str(found[ON_A_PAGE - 1].id)})}"


def _form_page(
    viewer: Viewer,
    kind: CertificateKind,
    form: CertificateForm,
    refusals: list[tuple[str, str]] | None = None,
) -> Page:
    said = kind.said_in(viewer.language)
    values = {
        "name": said.name,
        "about": said.about,
        "form": form,
        "refusals": refusals or [],
        "back_url": url("portal:certificates"),
    }
    status = 422 if form.is_bound else 200
    return Page("portal/certificate_new.jinja", values, rubric=RUBRIC, status=status)
