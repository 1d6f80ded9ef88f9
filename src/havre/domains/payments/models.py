from uuid import UUID

from django.db import models

from havre.domains.payments.words import CameBy, NumberKind, State
from havre.foundation.crypto import Place
from havre.foundation.db.fields import (
    HouseholdReference,
    HouseholdRow,
    SealedField,
    choices_of,
)


class BankAccount(HouseholdRow):
    """An account that refunds in one currency may go to, of one person.

    Its number never changes: another one is another row. ``source`` names the feed it came by. The link
    that stops it is derived from ``id``; only a digest of it is kept.
    """

    person_id = HouseholdReference(references="people_person")
    currency = models.TextField()
    kind = models.TextField(choices=choices_of(NumberKind))
    number = SealedField(null=True)
    number_index = models.BinaryField(null=True)
    number_shown = models.TextField()
    bic = models.TextField(null=True)
    bank_country = models.TextField()
    bank_name = models.TextField(null=True)
    account_name = models.TextField()
    came_by = models.TextField(choices=choices_of(CameBy))
    source = models.TextField(null=True)
    proof_id = HouseholdReference(references="documents_document", null=True)
    state = models.TextField(default=State.PROPOSED, choices=choices_of(State))
    proposed_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.TextField(null=True)
    second_by = models.TextField(null=True)
    usable_from = models.DateTimeField(null=True)
    stop_digest = models.BinaryField(null=True, unique=True)
    stop_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "person_id", "currency", "number_index"],
                name="one_proposal_an_account",
                condition=models.Q(state=State.PROPOSED),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.VERIFIED)
                | models.Q(
                    verified_at__isnull=False, verified_by__isnull=False, usable_from__isnull=False
                ),
                name="a_verified_account_says_by_whom_and_from_when",
            ),
            models.CheckConstraint(
                condition=models.Q(came_by=CameBy.FEED)
                | models.Q(verified_at=None)
                | (
                    models.Q(second_by__isnull=False) & ~models.Q(second_by=models.F("verified_by"))
                ),
                name="two_people_verify_an_account",
            ),
        ]
        indexes = [
            models.Index(fields=["household_id", "person_id"], name="payments_account_of_person"),
            models.Index(fields=["number_index"], name="payments_account_by_number"),
        ]


class PublishedRate(models.Model):
    """Units of a currency for one euro on a day, as the European Central Bank published it."""

    id = models.BigAutoField(primary_key=True)
    currency = models.TextField()
    day = models.DateField()
    per_euro = models.DecimalField(max_digits=20, decimal_places=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "day"], name="one_rate_a_currency_and_day"),
            models.CheckConstraint(
                condition=models.Q(per_euro__gt=0), name="a_rate_is_above_nothing"
            ),
        ]


def number_place(account: UUID) -> Place:
    """Where the number of an account is sealed."""
    return Place("payments_bankaccount", "number", account)
