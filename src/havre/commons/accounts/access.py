"""Who a session is. Both reads are made for every page, so both are prepared."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.backends import db
from django.db import DEFAULT_DB_ALIAS
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from havre.commons.accounts.models import (
    Account,
    CodeApp,
    Passkey,
    RecoveryCode,
    Session,
    TermsAcceptance,
    app_secret_place,
)
from havre.commons.accounts.rules.standing import may_enter
from havre.commons.accounts.words import AccountState
from havre.foundation.crypto import Place, UnknownKey, vault
from havre.foundation.db.reading import Given, PreparedRead
from havre.foundation.signing_in.factors import Tables

FACTORS = Tables(
    owner="account_id",
    passkeys=Passkey,
    apps=CodeApp,
    codes=RecoveryCode,
    secret_place=app_secret_place,
)
CARRIED = "carried."
"""How the cookie of a session begins that travels in it."""
_COOKIE = Place("session", "cookie", "carried")
_COLUMNS = tuple(field.attname for field in Account._meta.concrete_fields)


def can_save() -> bool:
    """False where the database only reads: a replica, or one that is being moved or restored."""
    return not settings.HAVRE.READ_ONLY


class SessionAccounts:
    """Django's backend for sessions: loads the account, with the terms it accepted, in one statement.

    It authenticates nobody: :func:`havre.commons.accounts.actions.sign_in` does.
    """

    def authenticate(self, request: HttpRequest | None, **_credentials: object) -> None:  # noqa: ARG002
        return None

    def get_user(self, user_id: UUID | str) -> Account | None:
        found = _account(id=user_id)
        return found[0] if found and may_enter(AccountState(found[0].state)) else None


class SessionStore(db.SessionStore):
    """Django's sessions in the database, those that have not ended."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.account_id = data.get(SESSION_KEY)
        for column in ("handle", "zone", "browser", "system"):
            setattr(row, column, data.get(column) or None)
        row.began_at, row.used_at = _moment(data.get("began")), _moment(data.get("used"))
        return row

    def load(self) -> dict[str, Any]:
        if self.session_key and self.session_key.startswith(CARRIED):
            return self._carried()
        found = _session(key=self.session_key, now=_ended_before()) if self.session_key else []
        if not found:
            self._session_key = None
            return {}
        data: dict[str, Any] = self.decode(found[0])
        return data

    # Where nothing can be saved, a new session travels in its cookie, sealed: the browser cannot read or
    # change it. It ends with its longest time, or when things can be saved again.

    def create(self) -> None:
        if can_save():
            return super().create()
        self.save(must_create=True)
        self.modified = True
        return None

    def save(self, must_create: bool = False) -> None:
        if can_save():
            return super().save(must_create)
        self._session_key = _sealed(dict(self.items()))
        return None

    def delete(self, session_key: str | None = None) -> None:
        """Where nothing can be saved, the browser forgets the session, and a row ends by its time."""
        if can_save():
            super().delete(session_key)

    def _carried(self) -> dict[str, Any]:
        data = None if can_save() else _opened(self.session_key or "")
        if data is None:
            self._session_key = None
        return data or {}


def _sealed(data: dict[str, Any]) -> str:
    """One that signs nobody in yet, between two steps, keeps the short life that it was given."""
    short = data.get("_session_expiry")
    until = timezone.now() + (timedelta(seconds=short) if short else _longest())
    text = json.dumps({"until": int(until.timestamp()), "data": data})
    return CARRIED + urlsafe_b64encode(vault().seal(text, place=_COOKIE)).decode().rstrip("=")


def _opened(key: str) -> dict[str, Any] | None:
    text = key.removeprefix(CARRIED)
    try:
        sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        carried = json.loads(vault().open(sealed, place=_COOKIE))
    except (ValueError, UnknownKey):
        return None
    data: dict[str, Any] = carried["data"]
    return data if timezone.now().timestamp() < carried["until"] else None


def _longest() -> timedelta:
    return timedelta(hours=settings.HAVRE.SESSION_LONGEST_HOURS)


def _ended_before() -> datetime:
    """Sessions that ended before this moment are over.

    Where nothing can be saved, use leaves no trace: a session then lasts its longest time.
    """
    return timezone.now() - (timedelta() if can_save() else _longest())


def _moment(stamp: int | None) -> datetime | None:
    return datetime.fromtimestamp(stamp, UTC) if stamp else None


def _with_terms() -> QuerySet[Account, Any]:
    accepted = TermsAcceptance.objects.filter(account_id=OuterRef("id")).values("version")
    return Account.objects.filter(id=Given("id")).annotate(
        accepted_versions=ArraySubquery(accepted)
    )


def _made(row: Iterable[Any]) -> Account:
    *values, accepted = row
    account = Account.from_db(DEFAULT_DB_ALIAS, _COLUMNS, values)
    account.accepted_versions = accepted  # type: ignore[attr-defined]  # as an annotation is
    return account


def _data(row: Iterable[Any]) -> str:
    (data,) = row
    return str(data)


_account = PreparedRead(_made, (*_COLUMNS, "accepted_versions"), _with_terms)
_session = PreparedRead(
    _data,
    ("session_data",),
    lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")),
)
