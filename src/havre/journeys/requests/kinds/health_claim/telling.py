"""What is said of a claim that was worked out: to the desk before it decides, to the member after."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from havre.commons.cases import queries as cases
from havre.commons.documents import queries as documents
from havre.domains.health.queries import care_on
from havre.domains.health.words import Because
from havre.domains.products.queries import GuaranteeSeen
from havre.domains.products.words import Ceiling, Per, Unit
from havre.foundation.money import Money
from havre.foundation.names import sort_key
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kinds.health_claim.care import (
    CareClaimed,
    category_name,
    is_covered,
    is_too_old,
    lines_of,
)
from havre.journeys.requests.kinds.health_claim.form import (
    TO_COME,
    account_name,
    accounts,
)
from havre.journeys.requests.kinds.health_claim.working import (
    LineWorked,
    Worked,
    agreement_for,
    told,
    work,
)
from havre.journeys.requests.naming import in_full, money
from havre.journeys.requests.words import Change, Checked, Request

# ── checks ─────────────────────────────────────────────────────────────────────────────────────────


def checked(request: Request, facts: Facts) -> Iterator[Checked]:
    """What rules say of a claim before anyone reads it."""
    answers = request.content.answers
    lines, found = lines_of(answers), work(request, facts, {})
    because = {step.because for line in found.lines for step in line.proposed.proposal.steps}
    yield _covered(facts, answers["contract"], answers["person"], lines)
    yield Checked(
        _("A waiting period still ran on a day of care")
        if Because.WAITING in because
        else _("No waiting period runs"),
        passed=Because.WAITING not in because,
    )
    left_out = [line for line in lines if agreement_for(facts, answers, line) is None]
    yield _agreed(found, because, left_out)
    yield _invoice(request, facts)
    yield _claimed_once(request, facts, lines)
    filed = request.case.filed_at.date()
    old = [line.day for line in lines if is_too_old(line.day, today=filed)]
    yield Checked(
        _("Care of %(day)s is more than two years old") % {"day": in_full(min(old))}
        if old
        else _("All care is of the last two years"),
        passed=not old,
    )
    if answers.get("accident"):
        yield Checked(_("Somebody else caused the accident: their insurer may pay"), passed=False)


def _covered(facts: Facts, contract: str, person: str, lines: Sequence[CareClaimed]) -> Checked:
    held, who = facts.contract(contract), facts.person(person)
    out = [
        line.day
        for line in lines
        if held is None or who is None or not is_covered(held, who, line.day)
    ]
    if out:
        days = ", ".join(map(in_full, sorted(set(out))))
        return Checked(_("Not covered on %(days)s") % {"days": days}, passed=False)
    return Checked(_("Covered on every day of care"), passed=True)


def _agreed(
    found: Worked, because: Collection[Because], left_out: Sequence[CareClaimed]
) -> Checked:
    """What was agreed to beforehand: whether it is there, what it covers, where it stops."""
    agreement = found.agreement
    if agreement is None:
        if Because.NO_AGREEMENT in because:
            words = _("Some of this care needed an agreement that is not there")
            return Checked(words, passed=False)
        return Checked(_("No agreement is needed"), passed=True)
    number = {"number": agreement.number}
    if left_out:
        days = ", ".join(map(in_full, sorted({line.day for line in left_out})))
        words = _("Agreement %(number)s is of other care or other days than %(days)s")
        return Checked(words % {**number, "days": days}, passed=False)
    if agreement.limit and Because.AGREED in because:
        words = _("Agreement %(number)s stops at %(amount)s")
        return Checked(words % {**number, "amount": money(agreement.limit)}, passed=False)
    if agreement.percent and Because.AGREED_PERCENT in because:
        words = _("Agreement %(number)s is of %(percent)d%% of the cost")
        return Checked(words % {**number, "percent": agreement.percent}, passed=False)
    return Checked(_("Agreed to: %(number)s") % number, passed=True)


def _invoice(request: Request, facts: Facts) -> Checked:
    sent = documents.uploads_of(household=facts.household, subject=request.case.id)
    there = any(one.piece == "invoice" for one in sent)
    return Checked(_("The invoice is there") if there else _("No invoice came"), passed=there)


def _claimed_once(request: Request, facts: Facts, lines: Sequence[CareClaimed]) -> Checked:
    again = again_of(request, facts, lines)
    if again:
        numbers = ", ".join(dict.fromkeys(again))
        return Checked(_("Claimed before: %(numbers)s") % {"numbers": numbers}, passed=False)
    return Checked(_("Never claimed before"), passed=True)


def again_of(request: Request, facts: Facts, lines: Sequence[CareClaimed]) -> list[str]:
    """Claims that have a line of the same day, provider and amount, of anyone in the household."""
    provider, days = request.content.answers["provider"], {line.day for line in lines}
    known = care_on(household=facts.household, days=days, but=request.case.number)
    found = [
        one.claim
        for one in known
        for line in lines
        if one.is_same(day=line.day, provider=provider, spent=line.spent)
    ]
    wanted = {(line.day, line.spent) for line in lines}
    for case, content in cases.open_contents(household=facts.household, kind=request.case.kind):
        said = content.answers
        same = sort_key(said.get("provider", "")) == sort_key(provider)
        if case.id != request.case.id and same:
            found += [case.number for line in lines_of(said) if (line.day, line.spent) in wanted]
    return found


# ── effect ─────────────────────────────────────────────────────────────────────────────────────────


def effect(found: Worked, facts: Facts) -> Iterator[Change]:
    """Each line from what it cost to what is reimbursed, each limit that moves, what is to be paid."""
    for words in found.against:
        yield Change(_("Cannot be validated yet"), "", "", words)
    for line in found.lines:
        yield _line(line)
    yield from _limits(found)
    total = found.total
    if total is not None:
        yield Change(
            _("To be paid"),
            money(Money.zero(total.currency)),
            money(total),
            _account(found.account, facts),
        )


def _line(line: LineWorked) -> Change:
    said, owed = line.claimed, line.proposed.proposal.owed
    label = f"{category_name(said.category)}, {said.act}, {in_full(said.day)}"
    label += f", {money(said.spent)}"
    if line.rate:
        label += _(" = %(cost)s (%(source)s, %(day)s: %(rate)s)") % {
            "cost": money(owed.cost),
            "source": told(line.rate.source),
            "day": in_full(line.rate.day),
            "rate": f"{line.rate.value.normalize():f}",
        }
    if line.given is not None:
        label += _("; worked out: %(amount)s") % {"amount": money(owed.reimbursed)}
    note = told(line.reasons)
    if line.clause:
        note = f"{note} ({told(line.clause)})" if note else told(line.clause)
    return Change(label, money(owed.cost), money(line.reimbursed), note)


def _limits(found: Worked) -> Iterator[Change]:
    """The limits over time of each guarantee that was used, then the contract's own."""
    by_guarantee: dict[str, list[LineWorked]] = {}
    for line in found.lines:
        if line.proposed.guarantee:
            by_guarantee.setdefault(line.proposed.guarantee.label.fr, []).append(line)
    for lines in by_guarantee.values():
        guarantee = lines[0].proposed.guarantee
        for ceiling, left in lines[0].proposed.proposal.before.left.items():
            if guarantee:
                yield _limit(guarantee, ceiling, left, lines)
    yield from _limit_of_agreement(found)
    first = next(iter(found.lines), None)
    if first and first.proposed.proposal.before.overall is not None:
        left = first.proposed.proposal.before.overall
        used = sum((line.reimbursed for line in found.lines[1:]), found.lines[0].reimbursed)
        yield Change(
            _("Left of the contract’s limit of the year"),
            money(left),
            money(max(left - used, Money.zero(left.currency))),
        )


def _limit_of_agreement(found: Worked) -> Iterator[Change]:
    lines = [one for one in found.lines if one.proposed.proposal.before.agreed is not None]
    left = lines[0].proposed.proposal.before.agreed if lines else None
    if found.agreement and left is not None:
        used = sum((line.reimbursed for line in lines[1:]), lines[0].reimbursed)
        label = _("Left of agreement %(number)s") % {"number": found.agreement.number}
        yield Change(label, money(left), money(max(left - used, Money.zero(left.currency))))


def _limit(
    guarantee: GuaranteeSeen, ceiling: Ceiling, left: Money | int, lines: Sequence[LineWorked]
) -> Change:
    label = f"{_guarantee_name(guarantee)}, {_over(ceiling.per)}"
    if isinstance(left, int):
        limit = ceiling.count or 0
        used = sum(line.claimed.count for line in lines if line.counted.amount > 0)
        rest = max(0, left - used)
        return Change(
            label,
            _of(str(limit - left), _units(limit, ceiling.unit)),
            _of(str(limit - rest), _units(limit, ceiling.unit)),
            _("%(before)s left, then %(after)s") % {"before": left, "after": rest},
        )
    whole = Money.rounded(ceiling.amount or 0, left.currency)
    spent = sum((line.counted for line in lines[1:]), lines[0].counted)
    rest_of = max(left - spent, Money.zero(left.currency))
    return Change(
        label,
        _of(money(whole - left), money(whole)),
        _of(money(whole - rest_of), money(whole)),
        _("%(before)s left, then %(after)s") % {"before": money(left), "after": money(rest_of)},
    )


def _of(used: str, limit: str) -> str:
    return _("%(used)s of %(limit)s") % {"used": used, "limit": limit}


def _guarantee_name(guarantee: GuaranteeSeen) -> str:
    return guarantee.label.said_in(get_language() or "fr")


def _over(per: Per) -> str:
    return {
        Per.YEAR: _("this year"),
        Per.MONTHS_24: _("over 24 months"),
        Per.LIFETIME: _("for life"),
    }.get(per, "")


def _units(count: int, unit: Unit) -> str:
    said = {
        Unit.ACT: ngettext("%(count)d act", "%(count)d acts", count),
        Unit.SESSION: ngettext("%(count)d session", "%(count)d sessions", count),
        Unit.DAY: ngettext("%(count)d day", "%(count)d days", count),
    }[unit]
    return said % {"count": count}


def _account(chosen: str, facts: Facts) -> str:
    account = next((one for one in accounts(facts) if str(one.id) == chosen), None)
    if account is None:
        return _("account to come") if chosen in ("", TO_COME) else _("the account is gone")
    return account_name(account)


# ── words to the member ────────────────────────────────────────────────────────────────────────────


def acceptance(found: Worked, facts: Facts) -> str:
    """What is reimbursed, where to, and why not more, line by line."""
    total = found.total
    if total is None:
        return ""
    said = [_("We reimburse %(amount)s.") % {"amount": money(total)}]
    if total.amount > 0:
        account = next((one for one in accounts(facts) if str(one.id) == found.account), None)
        said.append(
            _("It goes to your account %(account)s.") % {"account": account.shown}
            if account
            else _("Add an account for your refunds: we pay it as soon as it is verified.")
        )
    said += line_by_line(found.lines)
    return "\n".join(said)


def rejection(found: Worked) -> str:
    """Why a line is not reimbursed at all, as far as the rules know."""
    return "\n".join(line_by_line(one for one in found.lines if one.reimbursed.amount == 0))


def line_by_line(lines: Iterable[LineWorked]) -> Iterator[str]:
    """What is left to pay of each line, and why; a line that is reimbursed whole says nothing."""
    for line in lines:
        if not line.reasons:
            continue
        clause = f" ({told(line.clause)})" if line.clause else ""
        yield _("%(day)s, %(act)s: %(amount)s left to pay. %(why)s%(clause)s") % {
            "day": in_full(line.claimed.day),
            "act": line.claimed.act,
            "amount": money(line.left),
            "why": told(line.reasons),
            "clause": clause,
        }
