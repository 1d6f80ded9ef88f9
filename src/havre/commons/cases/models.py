from uuid import UUID

from django.db import models

from havre.commons.cases.words import (
    AskReason,
    AskState,
    CaseStatus,
    DecisionState,
    EventKind,
    Outcome,
    Side,
)
from havre.commons.documents.words import Compartment
from havre.foundation.crypto import Place
from havre.foundation.db import Channel
from havre.foundation.db.fields import (
    HouseholdForeignKey,
    HouseholdReference,
    HouseholdRow,
    SealedField,
    choices_of,
)


class Draft(HouseholdRow):
    """A request that is being written. Filed, it becomes the case of the same id.

    ``version`` counts its savings: two tabs never write over each other unseen. One that a member writes
    online is out of the desk's reach; one that the desk writes for a member, out of the member's.
    """

    kind = models.TextField()
    membership_id = HouseholdReference(references="people_membership")
    compartment = models.TextField(default=Compartment.GENERAL, choices=choices_of(Compartment))
    channel = models.TextField(choices=choices_of(Channel))
    written_by = models.TextField()
    step = models.TextField(default="")
    answers = SealedField(null=True)
    version = models.IntegerField(default=0)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["household_id", "membership_id", "-saved_at"], name="cases_draft_newest"
            ),
            models.Index(fields=["saved_at"], name="cases_draft_old"),
        ]


class Case(HouseholdRow):
    """A request: whose it is, where it stands, when it is due. What it says is in ``Content``.

    Its number, "D-2026-1201", is its ``prefix``, its ``year`` and its ``serial``, which alone names it.
    ``worked_seconds`` is the working time to the decision, the member's own waiting left out.
    """

    kind = models.TextField()
    prefix = models.TextField()
    year = models.SmallIntegerField()
    serial = models.BigIntegerField(
        unique=True, db_default=models.Func(models.Value("cases_serial"), function="nextval")
    )
    membership_id = HouseholdReference(references="people_membership")
    person_id = HouseholdReference(references="people_person")
    compartment = models.TextField(choices=choices_of(Compartment))
    status = models.TextField(default=CaseStatus.IN_PROGRESS, choices=choices_of(CaseStatus))
    channel = models.TextField(choices=choices_of(Channel))
    filed_by = models.TextField()
    digest = models.BinaryField()
    language = models.TextField()
    product = models.TextField(default="")
    country = models.TextField(default="")
    employer_id = models.UUIDField(null=True)
    intermediary_id = models.UUIDField(null=True)
    contests_id = HouseholdReference(references="cases_case", null=True)
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField(null=True)
    legal_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    waited_seconds = models.BigIntegerField(default=0)
    asked_times = models.IntegerField(default=0)
    asked_twice = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    worked_seconds = models.BigIntegerField(null=True)
    reason = models.TextField(default="")
    clause = models.TextField(default="")
    decided_by = models.TextField(default="")
    decider_name = models.TextField(default="")
    second_of = models.TextField(default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["VALIDATED", "REJECTED"], decided_at__isnull=False)
                | (~models.Q(status__in=["VALIDATED", "REJECTED"]) & models.Q(decided_at=None)),
                name="a_decided_case_has_its_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="AWAITING_REPLY")
                | models.Q(waiting_since__isnull=False),
                name="a_case_that_awaits_says_since_when",
            ),
        ]
        indexes = [
            models.Index(fields=["household_id", "-filed_at", "-id"], name="cases_case_newest"),
            models.Index(fields=["kind", "decided_at"], name="cases_case_decided"),
            models.Index(fields=["filed_at"], name="cases_case_filed"),
            models.Index(fields=["decided_at"], name="cases_case_decided_on"),
        ]


class Content(HouseholdRow):
    """What a request says: the answers to its form, sealed. Its id is its case's."""

    compartment = models.TextField(choices=choices_of(Compartment))
    title = SealedField()
    answers = SealedField()
    words = SealedField(null=True)
    """What was written to the member with the decision."""


class Event(HouseholdRow):
    """Something that happened to a request. Never changed."""

    case = HouseholdForeignKey(Case)
    compartment = models.TextField(choices=choices_of(Compartment))
    kind = models.TextField(choices=choices_of(EventKind))
    at = models.DateTimeField()
    side = models.TextField(choices=choices_of(Side))
    by = models.TextField()
    by_name = models.TextField(default="")
    words = SealedField(null=True)

    class Meta:
        indexes = [models.Index(fields=["household_id", "case", "at"], name="cases_event_of_case")]


class Ask(HouseholdRow):
    """Something asked of the member, and what came of it."""

    case = HouseholdForeignKey(Case)
    compartment = models.TextField(choices=choices_of(Compartment))
    piece = models.TextField()
    reason = models.TextField(choices=choices_of(AskReason))
    words = SealedField()
    state = models.TextField(default=AskState.OPEN, choices=choices_of(AskState))
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    asker_name = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    answer = SealedField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["household_id", "case"], name="cases_ask_of_case"),
            models.Index(
                fields=["asked_at"],
                name="cases_ask_open",
                condition=models.Q(state="OPEN"),
            ),
        ]


class Note(HouseholdRow):
    """A word between those who work here. The member does not see it, and may ask for it (GDPR art. 15)."""

    case = HouseholdForeignKey(Case)
    compartment = models.TextField(choices=choices_of(Compartment))
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField()
    words = SealedField()

    class Meta:
        indexes = [models.Index(fields=["household_id", "case", "at"], name="cases_note_of_case")]


class Decision(HouseholdRow):
    """A decision, from the moment it is given; it takes effect when it can no longer be undone."""

    case = HouseholdForeignKey(Case)
    compartment = models.TextField(choices=choices_of(Compartment))
    outcome = models.TextField(choices=choices_of(Outcome))
    state = models.TextField(default=DecisionState.PENDING, choices=choices_of(DecisionState))
    given_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField(default="")
    reason = models.TextField(default="")
    clause = models.TextField(default="")
    said = SealedField()
    """Words to the member, and the kind's own details."""
    failure = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "case"],
                condition=models.Q(state="PENDING"),
                name="one_decision_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["effective_at"],
                name="cases_decision_pending",
                condition=models.Q(state="PENDING"),
            ),
        ]


class Opinion(HouseholdRow):
    """What a member thought of the answer: one question after a decision. Its id is its case's."""

    score = models.SmallIntegerField()
    words = SealedField(null=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=5), name="an_opinion_of_one_to_five"
            ),
        ]


class Delay(models.Model):
    """How long answers of a kind took, in seconds of work, over the days before ``measured_on``.

    ``asked`` parts requests for which something had to be asked from those that were complete.
    """

    kind = models.TextField()
    asked = models.BooleanField()
    measured_on = models.DateField()
    cases = models.IntegerField()
    median_seconds = models.BigIntegerField()
    ninetieth_seconds = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "asked"], name="one_delay_a_kind"),
        ]


class Published(models.Model):
    """The figure that the house shows of itself: of so many requests decided over the ninety days before
    ``measured_on``, for how many something was asked twice. One row.
    """

    measured_on = models.DateField()
    decided = models.IntegerField()
    asked_twice = models.IntegerField()


def draft_place(draft: UUID) -> Place:
    """Where the answers of a draft are sealed."""
    return Place("cases_draft", "answers", draft)


def content_place(column: str, case: UUID) -> Place:
    """Where what a request says is sealed."""
    return Place("cases_content", column, case)


def event_place(event: UUID) -> Place:
    """Where the words of an event are sealed."""
    return Place("cases_event", "words", event)


def ask_place(column: str, ask: UUID) -> Place:
    """Where the words of what is asked, and its answer, are sealed."""
    return Place("cases_ask", column, ask)


def note_place(note: UUID) -> Place:
    """Where a note is sealed."""
    return Place("cases_note", "words", note)


def said_place(decision: UUID) -> Place:
    """Where what a decision says is sealed."""
    return Place("cases_decision", "said", decision)


def opinion_place(case: UUID) -> Place:
    """Where the words of an opinion are sealed."""
    return Place("cases_opinion", "words", case)
