"""Who a session is. Both reads are made for every page, so both are prepared."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest

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
from havre.commons.notifications.queries import mails_refused_by
from havre.foundation.db.reading import Given, PreparedRead
from havre.foundation.signing_in.factors import Tables
from havre.foundation.signing_in.sessions import Sessions

FACTORS = Tables(
    owner="account_id",
    passkeys=Passkey,
    apps=CodeApp,
    codes=RecoveryCode,
    secret_place=app_secret_place,
)
_COLUMNS = tuple(field.attname for field in Account._meta.concrete_fields)


class SessionAccounts:
    """Django's backend for sessions: loads the account, with the terms it accepted, in one statement.

    It authenticates nobody: :func:`havre.commons.accounts.actions.sign_in` does.
    """

    def authenticate(self, request: HttpRequest | None, **_credentials: object) -> None:  # noqa: ARG002
        return None

    def get_user(self, user_id: UUID | str) -> Account | None:
        found = _account(id=user_id)
        return found[0] if found and may_enter(AccountState(found[0].state)) else None


class SessionStore(Sessions):
    """The sessions of members."""

    owner_column, owner_key = "account_id", SESSION_KEY

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def kept(self, *, key: str, now: datetime) -> str | None:
        found = _session(key=key, now=now)
        return found[0] if found else None


def _with_terms() -> QuerySet[Account, Any]:
    refused = mails_refused_by(OuterRef("confirmed_email"))
    accepted = TermsAcceptance.objects.filter(account_id=OuterRef("id")).values("version")
    return Account.objects.filter(id=Given("id")).annotate(
        accepted_versions=ArraySubquery(accepted), email_refused=refused
    )


def _made(row: Iterable[Any]) -> Account:
    *values, accepted, refused = row
    account = Account.from_db(DEFAULT_DB_ALIAS, _COLUMNS, values)
    account.accepted_versions = accepted  # type: ignore[attr-defined]  # as an annotation is
    account.email_refused = refused  # type: ignore[attr-defined]  # the same
    return account


def _data(row: Iterable[Any]) -> str:
    (data,) = row
    return str(data)


_account = PreparedRead(_made, (*_COLUMNS, "accepted_versions", "email_refused"), _with_terms)
_session = PreparedRead(
    _data,
    ("session_data",),
    lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")),
)
