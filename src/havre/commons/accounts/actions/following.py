"""Accounts that follow what a feed says of their members."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from havre.commons.accounts.models import Account
from havre.foundation.identifiers import adherent_key


class MemberNow(NamedTuple):
    """What a membership has become; without a number, its account is signed in to by nobody."""

    membership: UUID
    adherent_number: str | None
    language: str


def follow_language(*, account: UUID, language: str) -> None:
    """Give an account the language in which its member is written to. Needs a transaction."""
    Account.objects.filter(id=account).update(language=language)


def follow_members(members: Sequence[MemberNow]) -> None:
    """Give the accounts of these memberships their number and language of today; one statement.

    A deleted account stays without a number. Two that exchange their numbers may. Needs a transaction,
    under the batch role.
    """
    if not members:
        return
    numbers = [member.adherent_number for member in members]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_account a SET number_key = n.number_key, language = n.language "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[]) "
            "AS n (membership_id, number_key, language) WHERE a.membership_id = n.membership_id "
            "AND a.state <> 'DELETED' "
            "AND (a.number_key, a.language) IS DISTINCT FROM (n.number_key, n.language)",
            [
                [member.membership for member in members],
                [number and adherent_key(number) for number in numbers],
                [member.language for member in members],
            ],
        )
