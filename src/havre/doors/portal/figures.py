"""The figures of six months, as their page draws them: one currency at a time."""

from decimal import Decimal

from django.utils.translation import gettext as _

from havre.domains.health.queries import CostsSeen
from havre.doors.portal import wording
from havre.doors.portal.household import Family
from havre.doors.ui import charts, formats
from havre.foundation.money import Money


def drawn(costs: CostsSeen, family: Family) -> dict[str, object]:
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
        "people": _people(costs, family),
        "months": _months(costs),
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


def _people(costs: CostsSeen, family: Family) -> list[tuple[str, int, str]]:
    """By beneficiary; masked care names nobody."""
    widths = charts.meters([one.reimbursed.amount for one in costs.people])
    return [
        (
            family.first_name(one.person) if one.person else wording.category(None),
            width,
            formats.money(one.reimbursed),
        )
        for one, width in zip(costs.people, widths, strict=True)
    ]


def _months(costs: CostsSeen) -> dict[str, object]:
    """Columns, the same as rows, and one sentence."""
    rows = [(formats.month(first), formats.money(amount)) for first, amount in costs.months]
    return {
        "columns": charts.bars(
            [amount.amount for _first, amount in costs.months],
            captions=[formats.short_month(first) for first, _amount in costs.months],
            labels=[formats.brief_money(amount) for _first, amount in costs.months],
        ),
        "rows": rows,
        "sentence": ", ".join(f"{name} {amount}" for name, amount in rows),
    }
