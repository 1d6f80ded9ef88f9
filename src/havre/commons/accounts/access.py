"""Who a session is."""

from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest

from havre.commons.accounts.models import Account, TermsAcceptance


class SessionAccounts:
    """Django's backend for sessions: loads the account, with the terms it accepted, in one statement.

    It authenticates nobody: :func:`havre.commons.accounts.actions.sign_in` does.
    """

    def authenticate(self, request: HttpRequest | None, **_credentials: object) -> None:  # noqa: ARG002
        return None

    def get_user(self, user_id: UUID | str) -> Account | None:
        accepted = TermsAcceptance.objects.filter(account_id=OuterRef("id")).values("version")
        return (
            Account.objects.filter(id=user_id)
            .annotate(accepted_versions=ArraySubquery(accepted))
            .first()
        )
