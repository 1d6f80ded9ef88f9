"""Everything that changes bank accounts."""

from havre.domains.payments.actions.accounts import (
    AlreadyDecided,
    ChangedMeanwhile,
    NoSuchAccount,
    SamePersonTwice,
    Stopped,
    TooLateToStop,
    propose,
    refuse,
    stop,
    validate,
)
from havre.domains.payments.actions.load import LoadedAccount, StatedAccount, load_accounts
from havre.domains.payments.actions.rates import PublishedRate, load_rates
from havre.domains.payments.actions.telling import ACCOUNT_CHANGED, ACCOUNT_STOPPED
from havre.domains.payments.rules.numbers import (
    AccountNumber,
    BicNeeded,
    IbanNeeded,
    WrongAccountNumber,
    WrongBic,
    account_number,
)

__all__ = [
    "ACCOUNT_CHANGED",
    "ACCOUNT_STOPPED",
    "AccountNumber",
    "AlreadyDecided",
    "BicNeeded",
    "ChangedMeanwhile",
    "IbanNeeded",
    "LoadedAccount",
    "NoSuchAccount",
    "PublishedRate",
    "SamePersonTwice",
    "StatedAccount",
    "Stopped",
    "TooLateToStop",
    "WrongAccountNumber",
    "WrongBic",
    "account_number",
    "load_accounts",
    "load_rates",
    "propose",
    "refuse",
    "stop",
    "validate",
]
