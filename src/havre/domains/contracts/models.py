from django.db import models

from havre.domains.contracts.words import ContractKind, Scheme
from havre.foundation.db.fields import HouseholdReference, HouseholdRow, choices_of


class Contract(HouseholdRow):
    """A contract of a household. Its first and last day are both days of the contract."""

    source = models.TextField()
    external_id = models.TextField()
    number = models.TextField()
    title = models.TextField(null=True)
    formula_id = models.UUIDField(null=True)
    kind = models.TextField(choices=choices_of(ContractKind))
    employer_id = models.UUIDField(null=True)
    intermediary_id = models.UUIDField(null=True)
    scheme = models.TextField(choices=choices_of(Scheme))
    zone = models.SmallIntegerField(null=True)
    currency = models.TextField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            # In this order, feeds find a record before they know its household.
            models.UniqueConstraint(
                fields=["source", "external_id", "household_id"], name="one_contract_a_record"
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True)
                | models.Q(first_day__isnull=True)
                | models.Q(last_day__gte=models.F("first_day")),
                name="contract_ends_after_it_starts",
            ),
        ]


class ContractVersion(HouseholdRow):
    """What a contract was from a day on, until its next version: what a feed says changes over time."""

    contract_id = HouseholdReference(references="contracts_contract")
    since = models.DateField()
    formula_id = models.UUIDField(null=True)
    scheme = models.TextField(choices=choices_of(Scheme))
    zone = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "contract_id", "since"], name="one_version_a_start"
            ),
        ]


class ContractOption(HouseholdRow):
    contract_id = HouseholdReference(references="contracts_contract")
    code = models.TextField()
    name_fr = models.TextField()
    name_en = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "contract_id", "code", "first_day"],
                name="one_option_a_start",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True)
                | models.Q(last_day__gte=models.F("first_day")),
                name="option_ends_after_it_starts",
            ),
        ]


class Cover(HouseholdRow):
    """Who is covered by a contract, between two days included."""

    contract_id = HouseholdReference(references="contracts_contract")
    person_id = HouseholdReference(references="people_person")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "contract_id", "person_id", "first_day"],
                name="one_cover_a_start",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True)
                | models.Q(last_day__gte=models.F("first_day")),
                name="cover_ends_after_it_starts",
            ),
        ]
