"""Reimbursements: six months, who paid what, and every transfer with its lines."""

from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havre.domains.health import queries as health
from havre.domains.health.queries import CostsSeen
from havre.doors.portal import cursors, wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.ui import charts, formats
from havre.foundation.dates import last_months
from havre.foundation.money import Money

LINES_SHOWN = 20
CLAIMS_SHOWN = 5
CLAIMS_A_PAGE = 25


@require_safe
@member_page
def reimbursements(request: HttpRequest, viewer: Viewer) -> Made:
    """The first page sums up six months; older pages are transfers only (W26, W27, W29)."""
    family = Family(viewer)
    reader = family.care_reader()
    before = cursors.transfers_after(request.GET.get("before", ""))
    page = health.transfers(reader=reader, before=before)
    values = {
        "family": family,
        "shown": [line for one in page.transfers for line in one.lines],
        "first": before is None,
        "transfers": page.transfers,
        "lines_shown": LINES_SHOWN,
        "older": _address("portal:reimbursements", page.older),
        "costs": [],
        "claims": [],
        "more_claims": False,
    }
    if before is None:
        months = last_months(viewer.today, health.MONTHS)
        claims = health.claims_not_settled(reader=reader, size=CLAIMS_SHOWN)
        values |= {
            "costs": [_costs(one) for one in health.costs(reader=reader, today=viewer.today)],
            "period": wording.months(months[0][0], months[-1][0]),
            "claims": claims.lines,
            "more_claims": claims.older is not None,
        }
    return Page("portal/reimbursements.jinja", values, rubric="reimbursements")


@require_safe
@member_page
def claims(request: HttpRequest, viewer: Viewer) -> Made:
    """Claims not settled yet, the newest care first."""
    family = Family(viewer)
    before = cursors.claims_after(request.GET.get("before", ""))
    page = health.claims_not_settled(reader=family.care_reader(), before=before, size=CLAIMS_A_PAGE)
    values = {
        "family": family,
        "claims": page.lines,
        "older": _address("portal:claims", page.older),
    }
    return Page("portal/claims.jinja", values, rubric="reimbursements")


def _address(name: str, older: health.After | None) -> str:
    return f"{reverse(name)}?before={cursors.token(older)}" if older else ""


def _costs(costs: CostsSeen) -> dict[str, object]:
    """One currency, as the page draws it: the parts, the sentence, one bar a category."""
    others = _sum_of_stated(costs.primary, costs.other)
    parts = (costs.reimbursed, others, costs.left)
    segments = charts.split([part.amount if part else Decimal(0) for part in parts])
    percents = [formats.percent(segment.percent / 100) for segment in segments]
    rows = [
        (_("Reimbursed by your contract"), formats.money(costs.reimbursed)),
        (_("Paid by the CFE or another insurer"), _stated(others)),
        (_("Left to pay"), _stated(costs.left)),
    ]
    return {
        "currency": costs.currency,
        "reimbursed": costs.reimbursed,
        "segments": segments,
        "sentence": _sentence(percents, whole=others is not None and costs.left is not None),
        "parts": rows,
        "unstated": formats.money(costs.unstated) if costs.spent and costs.unstated.amount else "",
        "spent": formats.money(costs.spent) if costs.spent else "",
        "categories": _categories(costs),
    }


def _sum_of_stated(*shares: Money | None) -> Money | None:
    stated = [share for share in shares if share is not None]
    return sum(stated[1:], stated[0]) if stated else None


def _stated(share: Money | None) -> str:
    return formats.money(share) if share is not None else _("not stated")


def _sentence(percents: list[str], *, whole: bool) -> str:
    if not percents:
        return ""
    if not whole:
        return _("What the contract reimbursed; the other shares are not all stated")
    shares = {"reimbursed": percents[0], "others": percents[1], "left": percents[2]}
    return (
        _(
            "%(reimbursed)s reimbursed by the contract, %(others)s paid by others,"
            " %(left)s left to pay"
        )
        % shares
    )


def _categories(costs: CostsSeen) -> list[tuple[str, int, str]]:
    widths = charts.meters([category.reimbursed.amount for category in costs.categories])
    return [
        (wording.category(category.category), width, formats.money(category.reimbursed))
        for category, width in zip(costs.categories, widths, strict=True)
    ]
