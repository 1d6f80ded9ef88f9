"""Reimbursements: six months, who paid what, and every settled line, searched and in groups."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havre.domains.health import queries as health
from havre.domains.health.queries import After, Criteria, Group, GroupSums, Place, Reader
from havre.domains.health.words import Category
from havre.doors.portal import cursors, figures, wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.portal.searching import SearchForm, asked_in, chips
from havre.doors.ui.shell import NavItem
from havre.foundation.dates import last_months
from havre.foundation.names import sort_key

LINES_SHOWN = 20
CLAIMS_SHOWN = 5
CLAIMS_A_PAGE = 25
SLUGS = {"transfer": Group.TRANSFER, "beneficiary": Group.PERSON, "category": Group.CATEGORY}


@require_safe
@member_page
def reimbursements(request: HttpRequest, viewer: Viewer) -> Made:
    """Six months on the first page, then every transfer; or a search, in groups (W26 to W29)."""
    asked = asked_in(request.GET)
    group = SLUGS.get(request.GET.get("group", ""), Group.TRANSFER)
    if any(not str(value).strip() for value in request.GET.values()):
        # A form sends its empty fields too: the address holds the search and nothing else.
        return redirect(_address(asked, group))
    family = Family(viewer)
    form = SearchForm(asked or None, family=family)
    refused = form.is_bound and not form.is_valid()
    values = {
        "family": family,
        "form": form,
        "refused": refused,
        "asked": bool(asked),
        "chips": [] if refused or not asked else _chips(form, asked, group),
        "tabs": _tabs(asked, group),
        "group": _slug(group),
        "query": urlencode(asked),
        "lines_shown": LINES_SHOWN,
        **_NOTHING,
    }
    status = 200
    if refused:
        status = 422
    elif asked or group is not Group.TRANSFER:
        criteria = form.criteria(today=viewer.today) if asked else Criteria()
        values |= _found(request, family, criteria, asked, group)
    else:
        values |= _all(request, viewer, family)
    return Page("portal/reimbursements.jinja", values, rubric="reimbursements", status=status)


# What a page without that part shows.
_NOTHING: dict[str, Any] = {
    "first": False,
    "costs": [],
    "period": "",
    "claims": [],
    "more_claims": False,
    "sums": [],
    "transfers": [],
    "sections": [],
    "shown": [],
    "older": "",
    "newer": "",
}


def _all(request: HttpRequest, viewer: Viewer, family: Family) -> dict[str, Any]:
    """Every transfer; before the newest ones, six months and what is not settled."""
    reader, at = family.care_reader(), cursors.transfers_at(request.GET.get("at", ""))
    values = _transfers(reader, None, at, {}) | {"first": at is None}
    if at is None:
        months = last_months(viewer.today, health.MONTHS)
        claims = health.claims_not_settled(reader=reader, size=CLAIMS_SHOWN)
        costs = health.costs(reader=reader, today=viewer.today)
        values |= {
            "costs": [figures.drawn(one, family) for one in costs],
            "period": wording.months(months[0][0], months[-1][0]),
            "claims": claims.lines,
            "more_claims": claims.older is not None,
        }
    return values


def _found(
    request: HttpRequest, family: Family, criteria: Criteria, asked: dict[str, str], group: Group
) -> dict[str, Any]:
    """A page of a search, and the sums of the whole of it."""
    reader, at = family.care_reader(), request.GET.get("at", "")
    sums = health.sums(reader=reader, criteria=criteria, group=group)
    rows = [_sum_row(one, family, asked, group) for one in sums]
    if group is Group.TRANSFER:
        page = _transfers(reader, criteria, cursors.transfers_at(at), asked)
    else:
        page = _entries(reader, criteria, cursors.entries_at(at), asked, group, family, rows)
    return page | {"sums": rows}


def _transfers(
    reader: Reader, criteria: Criteria | None, at: After | None, asked: dict[str, str]
) -> dict[str, Any]:
    page = health.transfers(reader=reader, criteria=criteria, at=at)
    return {
        "transfers": page.transfers,
        "shown": [line for one in page.transfers for line in one.lines],
        "older": _address(asked, Group.TRANSFER, page.older) if page.older else "",
        "newer": _address(asked, Group.TRANSFER, page.newer) if page.newer else "",
    }


def _entries(
    reader: Reader,
    criteria: Criteria,
    at: Place | None,
    asked: dict[str, str],
    group: Group,
    family: Family,
    sums: list[dict[str, Any]],
) -> dict[str, Any]:
    page = health.entries(
        reader=reader, criteria=criteria, group=group, order=_order(group, family), at=at
    )
    sections = [
        {
            "id": key.lower(),
            "label": _label(key, group, family),
            "sums": [one for one in sums if one["group"] == key],
            "entries": list(found),
        }
        for key, found in groupby(page.entries, key=lambda entry: entry.group)
    ]
    return {
        "sections": sections,
        "shown": [entry.line for entry in page.entries if entry.line],
        "older": _address(asked, group, page.older) if page.older else "",
        "newer": _address(asked, group, page.newer) if page.newer else "",
    }


def _order(group: Group, family: Family) -> tuple[str, ...]:
    """The groups as they come: the family's own order, categories by name."""
    if group is Group.PERSON:
        return tuple(str(person.id) for person in family.people)
    return tuple(sorted(Category, key=lambda one: sort_key(wording.category(one))))


def _label(key: str, group: Group, family: Family) -> str:
    if key == health.PRIVATE:
        return wording.category(None)
    return family.first_name(UUID(key)) if group is Group.PERSON else wording.category(key)


def _sum_row(one: GroupSums, family: Family, asked: dict[str, str], group: Group) -> dict[str, Any]:
    narrowed = ""
    if one.group and one.group != health.PRIVATE:
        field = "person" if group is Group.PERSON else "category"
        narrowed = _address({**asked, field: one.group}, Group.TRANSFER)
    label = _label(one.group, group, family) if one.group else _("The whole search")
    return {"group": one.group, "label": label, "url": narrowed, "sums": one}


def _chips(form: SearchForm, asked: dict[str, str], group: Group) -> list[tuple[str, str]]:
    """Each criterion with the address of the search without it."""
    own = urlencode({} if group is Group.TRANSFER else {"group": _slug(group)})
    return [(chip.label, _with(chip.query, own)) for chip in chips(form, asked)]


def _tabs(asked: dict[str, str], group: Group) -> list[NavItem]:
    labels = {
        Group.TRANSFER: _("By transfer"),
        Group.PERSON: _("By beneficiary"),
        Group.CATEGORY: _("By category"),
    }
    return [
        NavItem(label, _address(asked, one), "", current=one is group)
        for one, label in labels.items()
    ]


def _with(*queries: str) -> str:
    query = "&".join(filter(None, queries))
    return "?".join(filter(None, (reverse("portal:reimbursements"), query)))


def _slug(group: Group) -> str:
    return next(slug for slug, one in SLUGS.items() if one is group)


def _address(asked: dict[str, str], group: Group, at: After | Place | None = None) -> str:
    query = dict(asked)
    if group is not Group.TRANSFER:
        query["group"] = _slug(group)
    if at is not None:
        query["at"] = cursors.token(at)
    return _with(urlencode(query))


@require_safe
@member_page
def claims(request: HttpRequest, viewer: Viewer) -> Made:
    """Claims not settled yet, the newest care first."""
    family = Family(viewer)
    at = cursors.claims_at(request.GET.get("at", ""))
    page = health.claims_not_settled(reader=family.care_reader(), at=at, size=CLAIMS_A_PAGE)
    values = {
        "family": family,
        "claims": page.lines,
        "older": _claims_address(page.older),
        "newer": _claims_address(page.newer),
    }
    return Page("portal/claims.jinja", values, rubric="reimbursements")


def _claims_address(at: After | None) -> str:
    return f"{reverse('portal:claims')}?at={cursors.token(at)}" if at else ""
