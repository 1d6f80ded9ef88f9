"""Tables of the ``health`` schema. Nothing outside this app points to them."""

from typing import Any

from django.db import models

from havre.domains.health.words import Category, Payee
from havre.foundation.db.fields import HouseholdReference, HouseholdRow, SealedField, choices_of


def _amount(**options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=16, decimal_places=4, **options)


class Transfer(HouseholdRow):
    """A settlement: the sum of its lines' ``reimbursed``, in its currency."""

    source = models.TextField()
    external_id = models.TextField()
    reference = models.TextField()
    settled_on = models.DateField()
    payee = models.TextField(choices=choices_of(Payee))
    payee_name = models.TextField(null=True)
    iban = SealedField(null=True)
    iban_index = models.BinaryField(null=True)
    iban_shown = models.TextField(null=True)
    currency = models.TextField()
    total = _amount()

    class Meta:
        db_table = '"health"."transfer"'
        constraints = [
            # In this order, feeds find a record before they know its household.
            models.UniqueConstraint(
                fields=["source", "external_id", "household_id"], name="one_transfer_a_record"
            ),
        ]
        indexes = [
            models.Index(
                fields=["household_id", "-settled_on", "-id"], name="transfer_newest_first"
            ),
        ]


class Line(models.Model):
    """A line of a décompte. Amounts are in ``currency``, but ``spent``; none means "not stated".

    ``count`` is how many acts, sessions or days it is of."""

    id = models.BigAutoField(primary_key=True)
    household_id = models.UUIDField()
    source = models.TextField()
    external_id = models.TextField()
    transfer_id = HouseholdReference(references='"health"."transfer"', null=True)
    settled_on = models.DateField(null=True)
    person_id = HouseholdReference(references="people_person")
    contract_id = HouseholdReference(references="contracts_contract", null=True)
    claim = models.TextField()
    care_date = models.DateField()
    category = models.TextField(choices=choices_of(Category))
    sensitive = models.BooleanField(default=False)
    act = models.TextField()
    count = models.SmallIntegerField(db_default=1)
    provider = models.TextField(null=True)
    provider_key = models.TextField(null=True)
    country = models.TextField(null=True)
    currency = models.TextField()
    spent = _amount(null=True)
    spent_currency = models.TextField(null=True)
    rate = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    rate_source = models.TextField(null=True)
    rate_day = models.DateField(null=True)
    converted = _amount(null=True)
    primary_share = _amount(null=True)
    other_share = _amount(null=True)
    guarantee = models.TextField(null=True)
    deductible = _amount(null=True)
    ceiling_left = _amount(null=True)
    reimbursed = _amount(null=True)
    left_to_pay = _amount(null=True)
    left_computed = models.BooleanField(default=False)
    reason = models.TextField(null=True)
    clause = models.TextField(null=True)
    # Where the feed says them in both languages: the columns above are then French.
    act_en = models.TextField(null=True)
    rate_source_en = models.TextField(null=True)
    guarantee_en = models.TextField(null=True)
    reason_en = models.TextField(null=True)
    clause_en = models.TextField(null=True)

    class Meta:
        db_table = '"health"."line"'
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "source", "external_id"], name="one_line_a_record"
            ),
        ]
        indexes = [
            models.Index(fields=["household_id", "transfer_id"], name="line_of_transfer"),
            models.Index(
                fields=["household_id", "-settled_on", "-transfer_id", "id"],
                name="line_newest_first",
            ),
        ]


class Agreement(HouseholdRow):
    """Planned care that was agreed to by a decision on the request ``number``. Never changed."""

    number = models.TextField()
    person_id = HouseholdReference(references="people_person")
    contract_id = HouseholdReference(references="contracts_contract")
    category = models.TextField(choices=choices_of(Category))
    act = models.TextField()
    provider = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    limit = _amount(null=True)
    currency = models.TextField()
    percent = models.SmallIntegerField(null=True)
    agreed_at = models.DateTimeField()

    class Meta:
        db_table = '"health"."agreement"'
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "number"], name="one_agreement_a_request"
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="an_agreement_ends_after_it_begins",
            ),
        ]
