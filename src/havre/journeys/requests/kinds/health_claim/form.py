"""The form of a claim: the care, its amounts and the account, the papers and the conditions."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.commons.cases.words import Answers
from havre.domains.contracts.words import Scheme
from havre.domains.health.words import Agreement
from havre.domains.payments import queries as payments
from havre.domains.payments.queries import AccountSeen
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kinds.health_claim.care import (
    agreements,
    category_name,
    category_options,
    claimants,
    contracts_of,
    days_of,
    is_covered,
    is_too_old,
)
from havre.journeys.requests.naming import in_full, title_of
from havre.journeys.requests.words import (
    Field,
    FieldType,
    Group,
    Note,
    Option,
    Problem,
    Step,
)

NO_AGREEMENT = "none"
TO_COME = "to-come"
"""In place of an account: the member will add one."""
MOST_LINES = 50


def steps(facts: Facts, answers: Answers) -> tuple[Step, ...]:
    return (
        Step(name="care", title=_("The care"), parts=tuple(_care(facts, answers))),
        Step(name="lines", title=_("The amounts"), parts=tuple(_amounts(facts, answers))),
        Step(
            name="papers",
            title=_("The papers"),
            parts=(*(Note(words=one) for one in _warnings(facts, answers)), _conditions()),
            papers=True,
            aside="portal/requests/aside_claim.jinja",
            under="portal/requests/under_claim.jinja",
        ),
    )


def problems(facts: Facts, answers: Answers) -> Iterator[Problem]:
    """What the fields alone cannot tell. Care that is old or not covered is said, and can be sent."""
    person = next((one for one in claimants(facts) if str(one.id) == answers.get("person")), None)
    if answers.get("person") and person is None:
        words = _(
            "Choose yourself, one of your children, or an adult who shares their care with you."
        )
        yield Problem("care", "person", words)
    if answers.get("contract") and not any(
        str(one.id) == answers["contract"] for one in contracts_of(facts)
    ):
        yield Problem("care", "contract", _("Choose one of your contracts."))
    yield from _problems_of_lines(facts, answers)
    chosen = answers.get("account") or TO_COME
    if chosen != TO_COME and all(str(one.id) != chosen for one in accounts(facts)):
        yield Problem("lines", "account", _("Choose one of your verified accounts."))


def accounts(facts: Facts) -> tuple[AccountSeen, ...]:
    """Those a refund may go to: of the person who asks and of those they may claim for."""
    people = frozenset(one.id for one in claimants(facts)) | {facts.me.id}
    at = datetime.combine(facts.today, time.max, UTC)
    return facts.once(
        ("accounts", people),
        lambda: tuple(payments.verified_of(household=facts.household, people=people, at=at)),
    )


def account_name(account: AccountSeen) -> str:
    return " ".join(filter(None, (account.shown, account.bank_name)))


def _care(facts: Facts, answers: Answers) -> Iterator[Field | Note]:
    people = tuple(Option(str(one.id), one.full_name) for one in claimants(facts))
    yield Field(name="person", label=_("Whose care"), type=FieldType.PERSON, options=people)
    yield Field(
        name="contract",
        label=_("Which contract"),
        type=FieldType.CONTRACT,
        options=tuple(
            Option(str(one.id), title_of(facts, str(one.id)), one.number)
            for one in contracts_of(facts)
        ),
    )
    yield Field(
        name="provider",
        label=_("Who gave the care"),
        hint=_("Name of the practitioner, pharmacy or hospital, as on the invoice"),
        at_most="120",
    )
    yield Field(name="country", label=_("In which country"), type=FieldType.COUNTRY)
    if _completes_cfe(facts, answers):
        yield _cfe()
    if offered := agreements(facts):
        yield _agreement(offered)
    yield Field(
        name="accident",
        label=_("Is it due to an accident that somebody else caused?"),
        type=FieldType.YES_NO,
    )
    yield Field(
        name="accident_words",
        label=_("What happened, and who was involved"),
        type=FieldType.LONG,
        when=("accident", ("yes",)),
        at_most="2000",
    )


def _cfe() -> Field:
    return Field(
        name="cfe",
        label=_("The CFE statement for this care"),
        type=FieldType.CHOICE,
        options=(
            Option("attached", _("I have it and send it with this claim")),
            Option("awaited", _("I am waiting for it"), _("Send now: it can follow")),
            Option("none", _("The CFE does not cover this care")),
        ),
    )


def _agreement(offered: Iterable[Agreement]) -> Field:
    return Field(
        name="agreement",
        label=_("Did we agree to it beforehand?"),
        type=FieldType.CHOICE,
        options=(
            Option(NO_AGREEMENT, _("No")),
            *(
                Option(
                    one.number,
                    _("Yes, %(number)s") % {"number": one.number},
                    f"{category_name(one.category)}, {one.act}",
                )
                for one in offered
            ),
        ),
    )


def _amounts(facts: Facts, answers: Answers) -> Iterator[Field | Group | Note]:
    yield _lines(facts, answers)
    known = accounts(facts)
    if known:
        yield Field(
            name="account",
            label=_("Refund to"),
            type=FieldType.CHOICE,
            options=(
                *(Option(str(one.id), account_name(one), one.currency) for one in known),
                Option(TO_COME, _("Another account"), _how_to_add()),
            ),
        )
    else:
        yield Note(
            words=_(
                "You have no verified account yet. Send the claim all the same: it is read meanwhile. "
                "To add an account, make the request “Change the account my refunds go to”."
            )
        )


def _lines(facts: Facts, answers: Answers) -> Group:
    typed = [row["amount"]["currency"] for row in answers.get("lines", []) if row.get("amount")]
    held = dict.fromkeys([*typed, *(one.currency for one in facts.contracts)])
    return Group(
        name="lines",
        label=_("Each care on the invoice"),
        one=_("Care"),
        add=_("Add another care"),
        at_most=MOST_LINES,
        fields=(
            *_of_one_care(facts),
            Field(
                name="amount",
                label=_("Amount paid"),
                type=FieldType.AMOUNT,
                given=tuple(held),
                at_least="0.01",
            ),
        ),
    )


def _of_one_care(facts: Facts) -> Iterator[Field]:
    today = facts.today.isoformat()
    yield Field(name="day", label=_("Day of the care"), type=FieldType.DATE, at_most=today)
    yield Field(
        name="category", label=_("Kind of care"), type=FieldType.CHOICE, options=category_options()
    )
    yield Field(name="act", label=_("The act, as on the invoice"), at_most="120")
    yield Field(
        name="count",
        label=_("How many"),
        type=FieldType.NUMBER,
        required=False,
        hint=_("Sessions, boxes or days; left empty it is one"),
        at_least="1",
        at_most="365",
    )


def _problems_of_lines(facts: Facts, answers: Answers) -> Iterator[Problem]:
    rows = answers.get("lines", [])
    currencies = {row["amount"]["currency"] for row in rows if row.get("amount")}
    if len(currencies) > 1:
        words = _("One claim is in one currency. Send another claim for the other one.")
        yield Problem("lines", "lines", words)
    for at, row in enumerate(rows):
        if row.get("day", "") > facts.today.isoformat():
            words = _("This day is still to come: claim once the care was given.")
            yield Problem("lines", f"lines.{at}.day", words)
        if not _is_whole(row.get("count")):
            words = _("Write a whole number.")
            yield Problem("lines", f"lines.{at}.count", words)


def _warnings(facts: Facts, answers: Answers) -> Iterator[str]:
    """What may stand against some of the care: said before sending, and no obstacle to it."""
    days = sorted(set(days_of(answers)))
    old = [day for day in days if is_too_old(day, today=facts.today)]
    if old:
        words = ngettext(
            "%(days)s is more than two years ago: by law we may refuse it (Code des assurances, "
            "L114-1). Send it all the same if something kept you from claiming.",
            "%(days)s are more than two years ago: by law we may refuse them (Code des assurances, "
            "L114-1). Send them all the same if something kept you from claiming.",
            len(old),
        )
        yield words % {"days": ", ".join(map(in_full, old))}
    contract, person = (
        facts.contract(answers.get("contract", "")),
        facts.person(answers.get("person", "")),
    )
    if contract is None or person is None:
        return
    uncovered = [day for day in days if not is_covered(contract, person, day)]
    if uncovered:
        yield _(
            "As far as we know, this contract did not cover %(name)s on %(days)s. Check the days; if "
            "they are right, send it and we look."
        ) % {"name": person.first_name, "days": ", ".join(map(in_full, uncovered))}


def _conditions() -> Field:
    return Field(
        name="conditions",
        label=_("What I send is true, and I know the conditions of my contract on reimbursements"),
        type=FieldType.TICK,
        hint=_(
            "They are in the particular conditions of your contract. A false statement can cost the "
            "cover (Code des assurances, L113-8)."
        ),
    )


def _how_to_add() -> str:
    return _(
        "Add it by the request “Change the account my refunds go to”: the claim is read meanwhile"
    )


def _completes_cfe(facts: Facts, answers: Answers) -> bool:
    contract = facts.contract(answers.get("contract", ""))
    return contract is not None and contract.scheme is not Scheme.FIRST_EURO


def _is_whole(text: str | None) -> bool:
    return not text or text.isdecimal()
