"""What a kind of request says of itself. A new kind is one module of ``kinds`` that has one ``KIND``."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from havre.commons.cases.queries import DecisionSeen
from havre.commons.cases.words import Answers, Clocks, Outcome
from havre.commons.documents.words import Compartment
from havre.domains.contracts.queries import ContractSeen
from havre.foundation.working_days import add_working_days
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.words import (
    Change,
    Checked,
    Earlier,
    Family,
    Field,
    Group,
    Paper,
    Problem,
    Reason,
    Request,
    Step,
)


class Kind(ABC):
    """One kind of request: its form, its checks, its papers, its effect, its words.

    Every text is given in the language in force when it is asked. Nothing here opens a transaction;
    whatever reads or changes rows does so under its caller's guard.
    """

    code: ClassVar[str]
    """Its word in tables and addresses: lower case, with hyphens."""
    family: ClassVar[Family]
    icon: ClassVar[str] = "file-text"
    prefix: ClassVar[str] = "D"
    """How its numbers begin: D, R for a complaint (réclamation), P for a right (droits des personnes)."""
    compartment: ClassVar[Compartment] = Compartment.GENERAL
    target_days: ClassVar[int] = 5
    """Working days by which it should be answered; the house's own aim."""
    needs: ClassVar[str] = "requests.decide"
    """The permission of whoever decides it."""
    undo_for: ClassVar[timedelta] = timedelta(seconds=10)
    """How long a decision can be undone; zero where money moves."""
    legal_mails: ClassVar[bool] = False
    """Its mails are sent whatever the member chose: the law asks for them."""

    # ── the catalogue ──────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def title(self) -> str:
        """What it is called: "Claim a health reimbursement". Tells nothing of anyone."""

    @abstractmethod
    def summary(self) -> str:
        """What it is for, in one plain sentence."""

    def search_words(self) -> str:
        """Other words by which people look for it."""
        return ""

    def closed_because(self, facts: Facts) -> str:
        """Why this member cannot ask it, and what to do instead; "" where they can."""
        return ""

    # ── the form ───────────────────────────────────────────────────────────────────────────────

    def begin(self, facts: Facts) -> Answers:
        """The answers that the house knows already."""
        return {}

    @abstractmethod
    def steps(self, facts: Facts, answers: Answers) -> tuple[Step, ...]:
        """The pages of the form, the recap left out. They may depend on what is answered."""

    def problems(self, facts: Facts, answers: Answers) -> tuple[Problem, ...]:
        """What the fields alone cannot tell: each names its step and its field."""
        return ()

    def papers(self, facts: Facts, answers: Answers) -> tuple[Paper, ...]:
        """The checklist of papers, shown before sending."""
        return ()

    def headline(self, facts: Facts, answers: Answers) -> str:
        """The title of one request, as its member reads it: "Physiotherapy, 6 sessions"."""
        return self.title()

    def contract(self, facts: Facts, answers: Answers) -> ContractSeen | None:
        """The contract it is about."""
        return facts.contract(answers.get("contract", ""))

    def compartment_of(self, answers: Answers) -> Compartment:
        """Who of the house may read it."""
        return self.compartment

    def clocks(self, filed_at: datetime, answers: Answers) -> Clocks:
        """When it is due."""
        zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
        return Clocks(due_at=add_working_days(filed_at, self.target_days, zone=zone))

    # ── the desk ───────────────────────────────────────────────────────────────────────────────

    def checked(self, request: Request, facts: Facts) -> tuple[Checked, ...]:
        """What rules say of it before anyone reads it."""
        return ()

    def earlier(self, request: Request, facts: Facts) -> tuple[Earlier, ...]:
        """What was settled before to the same person for the same kind of thing, the latest first."""
        return ()

    def decision_form(self, request: Request, facts: Facts) -> tuple[Field | Group, ...]:
        """What an agent fills in to validate: amounts, a date."""
        return ()

    def begin_decision(self, request: Request, facts: Facts) -> Answers:
        """What the rules propose there."""
        return {}

    def effect(self, request: Request, facts: Facts, details: Answers) -> tuple[Change, ...]:
        """What validation would change. Where what is ``before`` moved since an agent read it, nothing
        is applied: the request comes back to be looked at again.
        """
        return ()

    def reasons(self) -> tuple[Reason, ...]:
        """Why it may be rejected."""
        return ()

    def words_to_member(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> str:
        """What the member will read of the decision, proposed in the member's language."""
        return ""

    def said_in_any_case(
        self, request: Request, facts: Facts, outcome: Outcome, details: Answers
    ) -> tuple[str, ...]:
        """Sentences of those words that the member reads whatever an agent wrote instead."""
        return ()

    def stands_against(self, request: Request, facts: Facts, details: Answers) -> tuple[str, ...]:
        """Why it cannot be validated with what an agent filled in, in words; nothing where it can."""
        return ()

    def needs_second(self, request: Request, details: Answers) -> bool:
        """Whether two persons must have looked before it is validated."""
        return False

    def apply(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, today: date, now: datetime
    ) -> None:
        """Make the effect of a validated request, in the transaction of its decision.

        Refuses with a named ``Refusal`` where it cannot be: then nothing happened.
        """

    def rejected(
        self, request: Request, facts: Facts, decision: DecisionSeen, *, now: datetime
    ) -> None:
        """What a rejection undoes, in the transaction of its decision; nothing, most often."""

    def filed(self, *, case: UUID, facts: Facts, answers: Answers, now: datetime) -> None:
        """What happens as soon as it is filed, in that transaction; nothing, most often."""


Kinds = Mapping[str, Kind]
