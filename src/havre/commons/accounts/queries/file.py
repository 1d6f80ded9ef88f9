"""The account of a member as the desk reads it: its state and its ways in, nothing that opens it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from havre.commons.accounts.models import Account, CodeApp, Passkey, ProvisionalSecret, Session
from havre.commons.accounts.queries.life import KEPT_OF_LIFE, LifeSeen, life_seen


@dataclass(frozen=True)
class AccessFile:
    """``provisional_until``: until when the last provisional password opens, unless it was used."""

    life: LifeSeen
    signed_in_before: datetime | None
    password_chosen: bool
    email_confirmed: bool
    sessions: int
    passkeys: int
    has_app: bool
    provisional_until: datetime | None


def access_of(*, membership: UUID, now: datetime) -> AccessFile | None:
    """The account of a membership, none where there is none. One statement, of columns that the desk
    may read."""
    own = {"account_id": OuterRef("id")}
    live = Session.objects.filter(**own, expire_date__gt=now)
    secrets = ProvisionalSecret.objects.filter(**own, used_at=None, expires_at__gt=now)
    row = (
        Account.objects.filter(membership_id=membership)
        .annotate(
            sessions=_counted(live),
            passkeys=_counted(Passkey.objects.filter(**own)),
            has_app=Exists(CodeApp.objects.filter(**own, added_at__isnull=False)),
            provisional_until=Subquery(
                secrets.order_by()
                .values("account_id")
                .annotate(last=Max("expires_at"))
                .values("last")
            ),
        )
        .only(*KEPT_OF_LIFE, "previous_sign_in_at", "email_confirmed_at")
        .first()
    )
    if row is None:
        return None
    return AccessFile(
        life=life_seen(row),
        signed_in_before=row.previous_sign_in_at,
        password_chosen=row.password_chosen_at is not None,
        email_confirmed=row.email_confirmed_at is not None,
        sessions=row.sessions,
        passkeys=row.passkeys,
        has_app=row.has_app,
        provisional_until=row.provisional_until,
    )


def _counted(rows: "QuerySet[Session] | QuerySet[Passkey]") -> Coalesce:
    # By a column that the desk may read: the key of a session it may not.
    counted = (
        rows.order_by().values("account_id").annotate(count=Count("account_id")).values("count")
    )
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
