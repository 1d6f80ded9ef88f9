"""A page of the tests with the list of papers, since the pages that have one come with the requests."""

from typing import Any
from uuid import UUID

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import engines
from django.urls import path

from havre.commons.accounts.words import Step
from havre.commons.documents import queries
from havre.commons.documents.actions import Sender
from havre.commons.documents.words import Compartment
from havre.doors.portal.page import Viewer, inside, step_page
from havre.doors.portal.shell import shell_for
from havre.doors.portal.upload_places import place_of
from havre.doors.ui.uploading import UploadPlace
from havre.doors.ui.uploads import Piece, upload_list
from havre.foundation.db import Role
from havre.project.urls import urlpatterns as ours

SUBJECT = UUID("01900000-0000-7000-8000-000000000001")
PAPERS = {"INVOICE": Compartment.HEALTH, "PROOF": Compartment.GENERAL}
PIECES = (
    Piece("INVOICE", "Detailed invoice", "Name, day, act and amount of each session"),
    Piece("PROOF", "Proof of payment"),
)
TEMPLATE = """
{% extends "ui/member.jinja" %}
{% from "ui/uploads.jinja" import upload_list, upload_script %}
{% block title %}Papers{% endblock %}
{% block head %}{{ upload_script() }}{% endblock %}
{% block content %}<h1>Papers</h1>{{ upload_list(papers, csrf_input) }}{% endblock %}
"""


def finder(owner: UUID) -> Any:
    """The subject belongs to this household and to no other."""

    def find(viewer: Viewer, subject: UUID) -> UploadPlace | None:
        if (subject, viewer.account.household) != (SUBJECT, owner):
            return None
        sender = Sender(viewer.account.id, viewer.actor, Role.MEMBER, owner)
        back = f"/{viewer.language}/papers"
        return UploadPlace("portal", sender, subject, PAPERS, back, viewer.now)

    return find


@step_page(Step.HOME)
def papers(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    with inside(viewer):
        place = place_of(viewer, SUBJECT)
        sent = queries.uploads_of(household=viewer.account.household, subject=SUBJECT)
    shell = shell_for(request, account=viewer.account, rubric="")
    template = engines.all()[0].from_string(TEMPLATE)
    values = {"shell": shell, "papers": upload_list(place, PIECES, sent)}
    return HttpResponse(template.render(values, request))


urlpatterns = [*i18n_patterns(path("papers", papers, name="papers")), *ours]

handler403 = "havre.doors.portal.errors.refused"
handler404 = "havre.doors.portal.errors.not_found"
