"""Downloads: guides, questionnaires, care sheets and forms, found, handed out, and filled in (W35)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import condition, require_POST, require_safe

from havre.commons.accounts.words import Step
from havre.commons.audit import actions as audit
from havre.commons.audit.words import Datum
from havre.commons.content import queries as content
from havre.commons.content.queries import FileSeen, Published
from havre.commons.content.words.audience import Holding
from havre.commons.content.words.downloads import Blanks, Download, Downloads, Paper
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.doors.portal.handing_out import LANGUAGES, handed_out, tag_of
from havre.doors.portal.holdings import Held, held_by
from havre.doors.portal.page import Made, Page, Viewer, inside, member_page, step_page, today
from havre.doors.ui import formats
from havre.doors.ui.forms import Form
from havre.foundation.names import sort_key
from havre.foundation.pdf.forms import fill_form


class Filters(Form):
    """What one looks for. What is typed wrong is no condition."""

    q = forms.CharField(
        label=gettext_lazy("What are you looking for?"), required=False, max_length=100
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=(("", gettext_lazy("All languages")), *LANGUAGES.items()),
    )
    every = forms.BooleanField(label=gettext_lazy("Those of other contracts too"), required=False)

    def __init__(self, given: Any, *, document: Downloads | None, language: str) -> None:
        super().__init__(given)
        topics = (
            [(one.id, one.title.said_in(language)) for one in document.topics] if document else []
        )
        codes = {code for one in (document.downloads if document else ()) for code in one.countries}
        countries = [(code, formats.country(code)) for code in codes]
        countries.sort(key=lambda pair: sort_key(pair[1]))
        self.fields["topic"].choices = [("", _("All topics")), *topics]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", _("All countries")), *countries]  # type: ignore[attr-defined]
        self.full_clean()

    def wanted(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""


@dataclass(frozen=True)
class File:
    """A download in one language, with what it takes to fetch it."""

    language: str
    name: str
    size: str
    fillable: bool


@dataclass(frozen=True)
class Shown:
    """A download in the reader's language."""

    id: str
    title: str
    about: str
    topic: str
    version: str
    dated: date
    countries: str
    files: list[File]


@require_safe
@member_page
def downloads(request: HttpRequest, viewer: Viewer) -> Made:
    """Those of the reader's contracts unless all are asked for. Four statements."""
    published = content.in_force(content.DOWNLOADS, today=viewer.today)
    holdings = [held.holding for held in held_by(viewer)] if published else []
    return downloads_page(published, request.GET, holdings, viewer.language)


def downloads_page(
    published: Published[Downloads] | None, asked: Any, holdings: list[Holding], language: str
) -> Page:
    """The page of a version, for who has these contracts: ``asked`` is what one looks for."""
    document = published.document if published else None
    form = Filters(asked, document=document, language=language)
    found = _found(published, form, holdings, language) if published else []
    values = {
        "form": form,
        "downloads": found,
        "told": ngettext("%(num)d document", "%(num)d documents", len(found)) % {"num": len(found)},
        "searched": bool(asked),
    }
    return Page("portal/downloads.jinja", values, rubric="downloads")


def _found(
    published: Published[Downloads], form: Filters, holdings: list[Holding], reads: str
) -> list[Shown]:
    topic, country, language = (form.wanted(name) for name in ("topic", "country", "language"))
    matching = content.find_downloads(published, typed=form.wanted("q"), language=reads)
    return [
        _shown(published, one, reads, only=language)
        for one in matching
        if (form.wanted("every") or one.audience.concerns(holdings))
        and topic in {"", one.topic}
        and (not country or not one.countries or country in one.countries)
        and (not language or one.paper(language))
    ]


def _shown(published: Published[Downloads], one: Download, language: str, *, only: str) -> Shown:
    topics = {topic.id: topic.title for topic in published.document.topics}
    papers = [paper for paper in one.papers if only in {"", paper.language}]
    papers.sort(key=lambda paper: paper.language != language)
    return Shown(
        id=one.id,
        title=one.title.said_in(language),
        about=one.about.said_in(language),
        topic=topics[one.topic].said_in(language),
        version=one.version,
        dated=date.fromisoformat(one.dated),
        countries=", ".join(formats.country(code) for code in one.countries),
        files=[
            File(
                language=paper.language,
                name=LANGUAGES[paper.language],
                size=formats.size(published.files[paper.file].size),
                fillable=paper.blanks is not None,
            )
            for paper in papers
        ],
    )


def _asked(given: Any) -> tuple[Published[Downloads], Download, Paper] | None:
    """The document that an address or a form names; what is in force alone is handed out."""
    published = content.in_force(content.DOWNLOADS, today=today())
    for one in published.document.downloads if published else ():
        paper = one.paper(given.get("language", ""))
        if published and paper and one.id == given.get("id"):
            return published, one, paper
    return None


def _file(request: HttpRequest) -> FileSeen | None:
    asked = _asked(request.GET)
    return asked[0].files[asked[2].file] if asked else None


def _tag(request: HttpRequest, _viewer: Viewer) -> str | None:
    return tag_of(_file(request))


@require_safe
@step_page(Step.HOME)
@condition(etag_func=_tag)
def download(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:  # noqa: ARG001  # every view
    """The file as it was published."""
    file = _file(request)
    if file is None:
        raise Http404
    return handed_out(file)


@require_POST
@step_page(Step.HOME)
def filled(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The form with the reader's identity written in it. Drawn once the guard is left."""
    asked = _asked(request.POST)
    blanks = asked[2].blanks if asked else None
    if asked is None or blanks is None:
        raise Http404
    published, one, paper = asked
    with inside(viewer):
        values = _values(viewer, one, blanks)
        form = content.whole_file(published.files[paper.file])
    names = _named(blanks)
    pdf = fill_form(form, {names[what]: said for what, said in values.items() if said})
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{paper.file}"'
    return response


def _named(blanks: Blanks) -> dict[str, str]:
    """The field of the form for each thing that we can write."""
    return {what: name for what in blanks.__struct_fields__ if (name := getattr(blanks, what))}


def _values(viewer: Viewer, one: Download, blanks: Blanks) -> dict[str, str]:
    """What is known of the reader; the number of a contract that the document is for."""
    reader = people.person_of(
        household=viewer.account.household, membership=viewer.account.membership
    )
    if reader is None:
        raise Http404
    known = {
        "family_name": reader.family_name,
        "first_name": reader.first_name,
        "birth_date": formats.typed_day(reader.birth_date) if reader.birth_date else "",
        "adherent_number": reader.adherent_number or "",
        "contract_number": _contract_number(held_by(viewer), one),
        "nir": _nir(viewer, reader) if blanks.nir else "",
    }
    wanted = _named(blanks)
    return {what: said for what, said in known.items() if what in wanted}


def _contract_number(held: Iterable[Held], one: Download) -> str:
    numbers = (each.contract.number for each in held if one.audience.concerns([each.holding]))
    return next(numbers, "")


def _nir(viewer: Viewer, reader: PersonSeen) -> str:
    """The reader's own, on a form that asks for it; that it was given is recorded as any other reading."""
    account = viewer.account
    found = people.nirs_of(household=account.household, people=[reader.id])
    if found:
        audit.record_reading(
            household=account.household,
            account=account.id,
            people=found,
            datum=Datum.NIR,
            purpose="written on a form that was downloaded",
        )
    return found.get(reader.id, "")
