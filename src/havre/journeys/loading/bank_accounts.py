"""Bank accounts of a members feed: what is wrong with one, and what becomes of it."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from django.conf import settings

from havre.domains.payments import actions as payments
from havre.domains.payments.actions import AccountNumber, LoadedAccount
from havre.foundation.db.intake import Key
from havre.foundation.identifiers import WrongIban
from havre.foundation.refusals import Refusal
from havre.journeys.loading.batch import Batch
from havre.journeys.loading.records import BankAccount
from havre.journeys.loading.report import Outcome, Report
from havre.journeys.loading.resolve import Known
from havre.journeys.loading.telling import row_outcome

_OUTCOMES: Final = {
    LoadedAccount.NEW: Outcome.NEW,
    LoadedAccount.CHANGED: Outcome.CHANGED,
    LoadedAccount.SAME: Outcome.SAME,
    LoadedAccount.TO_REVIEW: Outcome.TO_REVIEW,
}
_FAULTS: Final = {
    payments.WrongBic: ("bic", "is no SWIFT code (BIC)"),
    payments.BicNeeded: ("bic", "is missing: an account without IBAN is found by it"),
    payments.IbanNeeded: ("iban", "is missing: the bank's country has IBANs"),
    payments.WrongAccountNumber: (
        "account_number",
        "is no account number: 4 to 34 letters and digits",
    ),
}


def account_faults(record: BankAccount) -> Iterator[tuple[str, str]]:
    """Field and reason of what is wrong; no reason repeats a number."""
    if (record.iban is None) is (record.account_number is None):
        yield "iban", "an account has an iban or an account_number, one of the two"
        return
    try:
        _number(record)
    except WrongIban as wrong:
        yield (
            "iban" if record.iban else "account_number",
            f"is no IBAN ({wrong.reason.value.lower()})",
        )
    except Refusal as refused:
        yield _FAULTS[type(refused)]


def load_bank_accounts(
    batch: Batch,
    known: Known,
    report: Report,
    *,
    known_before: Collection[Key],
    now: datetime,
    every_row: bool,
) -> None:
    """Accounts of the batch, by the rule that holds for every change: told, and used after the wait.

    A person who comes with this very batch, and is not among ``known_before``, has theirs at once.
    """
    if not batch.bank_accounts:
        return
    stated = []
    for located in batch.bank_accounts:
        record: BankAccount = located.record
        person = (record.source, record.person)
        stated.append(
            payments.StatedAccount(
                household_id=known.households[(record.source, record.household)],
                person_id=known.persons[person],
                person_is_new=person not in known_before,
                source=record.source,
                number=_number(record),
                currency=record.currency,
                account_name=record.account_name,
            )
        )
    wait = timedelta(hours=settings.HAVRE.BANK_CHANGE_HOURS)
    for located, became in zip(
        batch.bank_accounts, payments.load_accounts(stated, wait=wait, now=now), strict=True
    ):
        outcome = _OUTCOMES[became]
        fields = () if outcome in {Outcome.NEW, Outcome.SAME} else ("iban",)
        if every_row or outcome is Outcome.TO_REVIEW:
            report.add(row_outcome("bank_account", located, outcome, fields))
        else:
            report.count("bank_account", outcome, 1)


def _number(record: BankAccount) -> AccountNumber:
    return _checked(record.iban or record.account_number or "", record.bic)


# Asked when the record is checked, and again when it is loaded.
_checked: Final = lru_cache(maxsize=4096)(
    lambda number, bic: payments.account_number(number, bic=bic)
)
