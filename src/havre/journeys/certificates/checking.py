"""The public check of a certificate: whoever holds the paper and knows the birth date is told its worth."""

from datetime import date, datetime

from havre.commons.accounts import actions as accounts
from havre.domains.certificates import queries as certificates
from havre.domains.certificates.actions import birth_digest, token_digest
from havre.domains.certificates.queries import Checked


def check(
    *, token: str, birth_date: date, address: str, today: date, now: datetime
) -> Checked | None:
    """What the certificate is worth today; none alike for an unknown token and a wrong birth date.

    Each wrong answer makes the next ones wait, by token and by network. One transaction, the same
    statements whatever is wrong. Refuses ``TooSoon``.
    """
    token = token.upper()
    with accounts.guessing(
        what="check a certificate", secret=token, address=address, now=now
    ) as guess:
        found = certificates.check(
            token=token_digest(token), birth=birth_digest(token, birth_date), on=today
        )
        guess.wrong = found is None
    return found
