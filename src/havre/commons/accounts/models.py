"""Who signs in. A person insured and a person who signs in are two things.

These tables are the global directory of sign-in: no household's rows, read before the guard knows one.
"""

from typing import ClassVar, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from havre.commons.accounts.words import (
    AccountState,
    ClosedFor,
    Proof,
    ReportState,
    RequestKind,
    RequestState,
    ReviewReason,
    ReviewState,
    SecurityChange,
)
from havre.foundation.crypto import Place
from havre.foundation.db.fields import SealedField, choices_of
from havre.foundation.ids import new_id
from havre.foundation.signing_in.rows import CodeAppRow, PasskeyRow, RecoveryCodeRow, SessionRow


class Account(AbstractBaseUser):
    """The sign-in of one membership. ``number_key`` is its adherent number, compared without form.

    A feed changes it, and may take it away. ``access_ends_on`` is the last day of access, once that day
    was announced.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household_id = models.UUIDField()
    membership_id = models.UUIDField(unique=True)
    person_id = models.UUIDField()
    number_key = models.TextField(null=True)
    state = models.TextField(default=AccountState.OPENING, choices=choices_of(AccountState))
    language = models.TextField(default="fr")
    opened_at = models.DateTimeField()
    password_chosen_at = models.DateTimeField(null=True)
    email_confirmed_at = models.DateTimeField(null=True)
    confirmed_email = models.BinaryField(null=True)
    last_login = None  # two dates are kept below: the one being used, and the one shown
    signed_in_at = models.DateTimeField(null=True)
    signed_in_zone = models.TextField(null=True)
    previous_sign_in_at = models.DateTimeField(null=True)
    previous_sign_in_zone = models.TextField(null=True)
    factors_answered_at = models.DateTimeField(null=True)
    closed_for = models.TextField(null=True, choices=choices_of(ClosedFor))
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(null=True)
    access_ends_on = models.DateField(null=True)

    USERNAME_FIELD = "number_key"
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    class Meta:
        constraints = [
            # Asked at the end of each statement, so that two accounts can exchange their numbers.
            models.UniqueConstraint(
                fields=["number_key"],
                name="one_account_a_number",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["OPENING", "ACTIVE"], closed_for=None)
                | (~models.Q(state__in=["OPENING", "ACTIVE"]) & models.Q(closed_for__isnull=False)),
                name="a_closed_account_says_why",
            ),
        ]
        indexes = [models.Index(fields=["confirmed_email"], name="accounts_account_by_email")]


class ProvisionalSecret(models.Model):
    """One issue of a provisional password. The secret is derived from ``id``; only a digest is kept.

    ``by_post``: it was printed in a letter, for a member without an e-mail address.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    by_post = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-issued_at"], name="accounts_secret_newest"),
        ]


class EmailCode(models.Model):
    """A code sent to an address to confirm it; ``email`` is the blind index of that address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    email = models.BinaryField()
    digest = models.BinaryField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    failures = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-sent_at"], name="accounts_code_newest")]


class TermsAcceptance(models.Model):
    """Who accepted which version, when, in which language, and the hash of the very text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    version = models.TextField()
    language = models.TextField()
    text_sha256 = models.TextField()
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "version"], name="one_acceptance_a_version"),
        ]


class Session(SessionRow):
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")


class KnownDevice(models.Model):
    """A browser from which its owner signed in: failures elsewhere do not slow it down.

    Until ``remembered_until`` it is not asked for a second factor.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(unique=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    remembered_until = models.DateTimeField(null=True)
    browser = models.TextField(null=True)
    system = models.TextField(null=True)


class Passkey(PasskeyRow):
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")


class CodeApp(CodeAppRow):
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")


class RecoveryCode(RecoveryCodeRow):
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="one_digest_an_account"),
        ]


class Throttle(models.Model):
    """Failures counted against a number, an address or a device. ``key`` is a keyed hash of which."""

    key = models.BinaryField(primary_key=True)
    failures = models.IntegerField()
    last_failure_at = models.DateTimeField()
    wait_until = models.DateTimeField()


class OpeningRequest(models.Model):
    """What someone typed to open an account or to recover it, sealed until matched, then blanked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField(default=RequestKind.OPENING, choices=choices_of(RequestKind))
    typed = SealedField(null=True)
    language = models.TextField()
    received_at = models.DateTimeField()
    state = models.TextField(default=RequestState.RECEIVED, choices=choices_of(RequestState))
    done_at = models.DateTimeField(null=True)


class OpeningReview(models.Model):
    """A request to open an account that a person must decide."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household_id = models.UUIDField()
    membership_id = models.UUIDField()
    person_id = models.UUIDField()
    reason = models.TextField(choices=choices_of(ReviewReason))
    typed_email = SealedField()
    email_index = models.BinaryField()
    received_at = models.DateTimeField()
    state = models.TextField(default=ReviewState.WAITING, choices=choices_of(ReviewState))
    proof = models.TextField(null=True, choices=choices_of(Proof))
    decided_by = models.TextField(null=True)
    decided_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "email_index"],
                name="one_review_waiting_an_address",
                condition=models.Q(state__in=["WAITING", "APPROVED"]),
            ),
        ]


class ChangeNotice(models.Model):
    """A change that was told by mail, and the mail's link. The link is derived from ``id``; only a
    digest of it is kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    change = models.TextField(choices=choices_of(SecurityChange))
    digest = models.BinaryField(unique=True)
    told_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SecurityReport(models.Model):
    """An owner's "it was not me": the account is suspended until someone has looked.

    ``change`` is what was denied; none where its owner reported from within the space.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    change = models.TextField(null=True, choices=choices_of(SecurityChange))
    reported_at = models.DateTimeField()
    state = models.TextField(default=ReportState.WAITING, choices=choices_of(ReportState))
    proof = models.TextField(null=True, choices=choices_of(Proof))
    closed_by = models.TextField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                name="one_report_waiting_an_account",
                condition=models.Q(state="WAITING"),
            ),
        ]


def typed_email_place(review: UUID) -> Place:
    """Where the address of a request to review is sealed."""
    return Place("accounts_openingreview", "typed_email", review)


def app_secret_place(app: UUID) -> Place:
    """Where the secret of a code app is sealed."""
    return Place("accounts_codeapp", "secret", app)


class EmailChange(models.Model):
    """Another address that the desk proposed for a member; it waits for a second person.

    Until ``held_until`` no provisional password is issued to the member, whoever asks.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    membership_id = models.UUIDField()
    email = SealedField()
    channel = models.TextField()
    state = models.TextField(default=ReviewState.WAITING, choices=choices_of(ReviewState))
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id"],
                name="one_email_change_waiting",
                condition=models.Q(state="WAITING"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="EFFECTIVE")
                | ~models.Q(proposed_by=models.F("decided_by")),
                name="two_persons_change_an_email",
            ),
        ]
        indexes = [models.Index(fields=["membership_id"], name="accounts_email_change")]


def change_place(change: UUID) -> Place:
    """Where the address of a change is sealed."""
    return Place("accounts_emailchange", "email", change)
