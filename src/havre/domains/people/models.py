from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower, Now

from havre.domains.people.words import (
    DepartureKind,
    DepartureState,
    DifferenceState,
    FamilyLink,
)
from havre.foundation.crypto import Place
from havre.foundation.db.fields import (
    HouseholdForeignKey,
    HouseholdReference,
    HouseholdRow,
    SealedField,
    choices_of,
)
from havre.foundation.ids import new_id


class NameKeys(models.Func):
    """What a name is found by, near spellings too: a function of the database, which an index keeps."""

    function = "people_name_keys"
    output_field = ArrayField(models.TextField())


class Company(models.Model):
    """An employer that holds collective contracts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.TextField()
    external_id = models.TextField()
    name = models.TextField()
    siren = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="one_company_a_record"),
        ]


class Intermediary(models.Model):
    """A mandataire through whom contracts were taken."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.TextField()
    external_id = models.TextField()
    name = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="one_intermediary_a_record"
            ),
        ]


class Household(models.Model):
    """Those insured together: the unit of row security and of distribution."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.TextField()
    external_id = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="one_household_a_record"
            ),
        ]


class Person(HouseholdRow):
    """A person insured. ``origin`` says of each value where it came from and who confirmed it."""

    source = models.TextField()
    external_id = models.TextField()
    family_name = models.TextField()
    first_name = models.TextField()
    sort_key = models.TextField()
    birth_date = models.DateField(null=True)
    nir = SealedField(null=True)
    nir_index = models.BinaryField(null=True)
    deceased_on = models.DateField(null=True)
    origin = models.JSONField(default=dict)

    class Meta:
        constraints = [
            # In this order, feeds find a record before they know its household.
            models.UniqueConstraint(
                fields=["source", "external_id", "household_id"], name="one_person_a_record"
            ),
        ]
        indexes = [
            GinIndex(NameKeys("sort_key"), name="people_person_by_name", fastupdate=False),
            models.Index(fields=["nir_index"], name="people_person_by_nir"),
        ]


class Membership(HouseholdRow):
    """A person's place in a household: number, family link and how to reach them."""

    person = HouseholdForeignKey(Person)
    link = models.TextField(choices=choices_of(FamilyLink))
    adherent_number = models.TextField(null=True)
    email = models.TextField(null=True)
    phone = models.TextField(null=True)
    address_lines = models.JSONField(null=True)
    postal_code = models.TextField(null=True)
    city = models.TextField(null=True)
    country = models.TextField(null=True)
    # Parts that some countries write and no feed gives.
    district = models.TextField(null=True)
    region = models.TextField(null=True)
    language = models.TextField(default="fr")
    expatriation_country = models.TextField(null=True)
    membership_end = models.DateField(null=True)
    origin = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "person"], name="one_membership_a_person"
            ),
        ]
        indexes = [
            models.Index(Lower("email"), name="people_membership_by_email"),
            models.Index(fields=["phone"], name="people_membership_by_phone"),
        ]


class Sharing(HouseholdRow):
    """An adult agreed that another sees their care. A row is never changed but to say when it ended."""

    person_id = HouseholdReference(references="people_person")
    reader_id = HouseholdReference(references="people_person")
    agreed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    wording = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "person_id", "reader_id"],
                condition=models.Q(withdrawn_at=None),
                name="one_sharing_a_reader",
            ),
        ]


class FormerEmail(HouseholdRow):
    """An e-mail address that was on file, so that it too is told what must not happen in silence.

    Written by the database itself, whoever changes the address.
    """

    membership = HouseholdForeignKey(Membership)
    email = models.TextField()
    replaced_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["household_id", "membership"], name="people_former_email"),
            models.Index(Lower("email"), name="people_formeremail_by_email"),
        ]


class Directory(models.Model):
    """The one global look-up: an adherent number's key to its household. No name, no address."""

    number_key = models.TextField(primary_key=True)
    household_id = models.UUIDField()
    membership_id = models.UUIDField(unique=True)


class Difference(HouseholdRow):
    """A feed says something else than a value that the member or the desk confirmed."""

    person_id = HouseholdReference(references="people_person")
    field = models.TextField()
    feed_value = SealedField(null=True)
    feed_index = models.BinaryField()
    state = models.TextField(default=DifferenceState.WAITING, choices=choices_of(DifferenceState))
    noticed_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "person_id", "field", "feed_index"],
                name="one_difference_a_value",
            ),
        ]


class MemberNote(HouseholdRow):
    """What someone of the staff noted of a member, beside any request. The member does not see it, and may
    ask for it (GDPR art. 15)."""

    membership = HouseholdForeignKey(Membership)
    at = models.DateTimeField()
    by = models.UUIDField()
    by_name = models.TextField()
    words = SealedField()

    class Meta:
        indexes = [
            models.Index(fields=["household_id", "membership", "at"], name="people_note_of_member")
        ]


class Departure(HouseholdRow):
    """A member who died, or whose relations with the house end on a day: who said it and who confirmed it.

    ``before`` is what it changed, as it was: by it the whole is undone.
    """

    membership = HouseholdForeignKey(Membership)
    kind = models.TextField(choices=choices_of(DepartureKind))
    day = models.DateField()
    ends_covers = models.BooleanField()
    state = models.TextField(default=DepartureState.WAITING, choices=choices_of(DepartureState))
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "membership"],
                name="one_departure_a_member",
                condition=models.Q(state__in=["WAITING", "EFFECTIVE"]),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="DEATH", state="EFFECTIVE")
                | ~models.Q(proposed_by=models.F("decided_by")),
                name="two_persons_record_a_death",
            ),
        ]


def note_place(note: UUID) -> Place:
    """Where the words of a note are sealed."""
    return Place("people_membernote", "words", note)
