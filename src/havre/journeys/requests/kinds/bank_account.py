"""Where refunds go: checked, proved, seen by two people, told to every address on file, and not at once."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Outcome
from havre.domains.payments import actions as payments
from havre.domains.payments import queries
from havre.domains.payments.actions import account_number
from havre.domains.payments.queries import AccountSeen
from havre.domains.payments.words import CameBy
from havre.foundation.db import Channel
from havre.foundation.identifiers import WrongIban
from havre.foundation.refusals import Refusal
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind
from havre.journeys.requests.naming import identity_paper, people_options
from havre.journeys.requests.words import (
    Change,
    Family,
    Field,
    FieldType,
    Note,
    Option,
    Paper,
    Problem,
    Reason,
    Request,
    Step,
)

_CAME_BY = {
    Channel.ONLINE: CameBy.ONLINE,
    Channel.PHONE: CameBy.PHONE,
    Channel.POST: CameBy.POST,
    Channel.MAIL: CameBy.MAIL,
}


class BankAccountChange(Kind):
    code = "bank-account"
    family = Family.INFORMATION
    icon = "bank"
    target_days = 2
    undo_for = timedelta()  # money follows: there is a link to stop it, and no undo
    legal_mails = True

    def title(self) -> str:
        return _("Change the account my refunds go to")

    def summary(self) -> str:
        return _("A new IBAN, or an account in a country that has none.")

    def search_words(self) -> str:
        return _("bank account IBAN RIB BIC SWIFT refund transfer")

    def begin(self, facts: Facts) -> Answers:
        currency = next((one.currency for one in facts.in_force()), "EUR")
        return {"person": str(facts.me.id), "currency": currency, "name": facts.me.full_name}

    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        hours = settings.HAVRE.BANK_CHANGE_HOURS
        return (
            Step(
                name="account",
                title=_("The account"),
                parts=(
                    Field(
                        name="person",
                        label=_("Whose refunds"),
                        type=FieldType.PERSON,
                        options=people_options(facts),
                    ),
                    Field(
                        name="currency",
                        label=_("Refunds in"),
                        type=FieldType.CHOICE,
                        options=_currencies(facts, answers),
                    ),
                    *_account(),
                    Note(
                        words=_(
                            "Two people check it. We then write to all your addresses; refunds go "
                            "there %(hours)d hours later, and you have seven days to stop it."
                        )
                        % {"hours": hours}
                    ),
                ),
            ),
            Step(name="papers", title=_("The proof"), papers=True),
        )

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        found = []
        if answers.get("person") not in {option.value for option in people_options(facts)}:
            words = _("Choose yourself or one of your children.")
            found.append(Problem("account", "person", words))
        if answers.get("number"):
            try:
                account_number(answers["number"], bic=answers.get("bic"))
            except (Refusal, WrongIban):
                words = _(
                    "This is no account that can be paid. Check it on the bank’s paper; where it has "
                    "no IBAN, give the SWIFT code too."
                )
                found.append(Problem("account", "number", words))
        return tuple(found)

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        return (
            Paper(
                code="bank-paper",
                label=_("Bank details certificate (RIB)"),
                hint=_("Or a statement that shows the name and the number"),
                why=_("The name and the number are compared with what you typed."),
            ),
            identity_paper(),
        )

    def filed(self, *, case: UUID, facts: Facts, answers: Answers, now: datetime) -> None:
        self._proposed(facts, answers, CameBy.ONLINE, now=now)

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        answers = request.content.answers
        person = facts.person(answers["person"])
        if person is None:
            return ()
        last = self._last(facts, answers, at=datetime.combine(facts.today, time.max, UTC))
        after = account_number(answers["number"], bic=answers.get("bic"))
        wait = _("refunds %(hours)d hours after") % {"hours": settings.HAVRE.BANK_CHANGE_HOURS}
        return (
            Change(
                _("%(name)s, refunds in %(currency)s")
                % {"name": person.first_name, "currency": answers["currency"]},
                last.shown if last else _("none"),
                " ".join(filter(None, (after.shown, after.bank_name))),
                wait,
            ),
        )

    def reasons(self) -> tuple[Reason, ...]:
        return (
            Reason(
                "not-the-name",
                _("The account is in another name"),
                _("The account is not in the name of the person who is refunded."),
            ),
            Reason(
                "not-proved",
                _("The papers do not show it"),
                _("The papers you sent do not show this account."),
            ),
        )

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        if outcome is Outcome.REJECTED:
            return _("Refunds go where they went.")
        return _(
            "Your new account is checked. Refunds go there %(hours)d hours from now; until then they "
            "go where they went."
        ) % {"hours": settings.HAVRE.BANK_CHANGE_HOURS}

    def needs_second(self, request: Request, details: Answers) -> bool:
        return True

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        answers = request.content.answers
        last = self._last(facts, answers, at=now)
        payments.validate(
            household=facts.household,
            account=self._proposed(facts, answers, _came(request), now=now),
            verified_by=request.case.second_of,
            second_by=decision.by,
            instead_of=last.id if last else None,
            wait=timedelta(hours=settings.HAVRE.BANK_CHANGE_HOURS),
            now=now,
        )

    def rejected(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, now: datetime
    ) -> None:
        account = self._proposed(facts, request.content.answers, _came(request), now=now)
        payments.refuse(household=facts.household, account=account, by=decision.by, now=now)

    def _proposed(self, facts: Facts, answers: Answers, came_by: CameBy, *, now: datetime) -> UUID:
        """The proposed account; asked again it is the same one."""
        return payments.propose(
            household=facts.household,
            person=UUID(answers["person"]),
            number=account_number(answers["number"], bic=answers.get("bic")),
            currency=answers["currency"],
            account_name=answers["name"],
            came_by=came_by,
            now=now,
        )

    def _last(self, facts: Facts, answers: Answers, *, at: datetime) -> AccountSeen | None:
        """The last verified account of this person and currency."""
        seen = queries.verified_of(
            household=facts.household, people=[UUID(answers["person"])], at=at
        )
        of_currency = [one for one in seen if one.currency == answers["currency"]]
        return max(of_currency, key=lambda one: (one.usable_from or at, one.id), default=None)


def _came(request: Request) -> CameBy:
    return _CAME_BY.get(request.case.channel, CameBy.DESK)


def _account() -> tuple[Field, ...]:
    return (
        Field(
            name="number",
            label=_("IBAN or account number"),
            type=FieldType.IBAN,
            hint=_("As it stands on the bank’s paper; spaces do not matter"),
        ),
        Field(
            name="bic",
            label=_("SWIFT code of the bank (BIC)"),
            required=False,
            hint=_("Needed where the account has no IBAN"),
            at_most="11",
        ),
        Field(name="name", label=_("Name on the account"), at_most="70"),
    )


def _currencies(facts: Facts, answers: Answers) -> tuple[Option, ...]:
    """The currencies in which the contracts refund."""
    held = [one.currency for one in facts.contracts] + [str(answers.get("currency", "EUR"))]
    return tuple(Option(code, code) for code in dict.fromkeys(held))


KIND = BankAccountChange()
