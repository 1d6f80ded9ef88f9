"""Everything that changes people."""

from havre.domains.people.actions.contact import UnknownNumber, WrongAddress, set_contact
from havre.domains.people.actions.load import (
    CompanyRow,
    HouseholdRow,
    IntermediaryRow,
    KnownPerson,
    find_companies,
    find_households,
    find_intermediaries,
    find_persons,
    load_companies,
    load_households,
    load_intermediaries,
)
from havre.domains.people.actions.load_people import load_people
from havre.domains.people.actions.numbers import give_number
from havre.domains.people.actions.own_contact import ChangedMeanwhile, change_contact
from havre.domains.people.actions.sharing import agree_to_share, stop_sharing
from havre.domains.people.actions.stated_people import LoadedPerson, StatedAddress, StatedPerson

__all__ = [
    "ChangedMeanwhile",
    "CompanyRow",
    "HouseholdRow",
    "IntermediaryRow",
    "KnownPerson",
    "LoadedPerson",
    "StatedAddress",
    "StatedPerson",
    "UnknownNumber",
    "WrongAddress",
    "agree_to_share",
    "change_contact",
    "find_companies",
    "find_households",
    "find_intermediaries",
    "find_persons",
    "give_number",
    "load_companies",
    "load_households",
    "load_intermediaries",
    "load_people",
    "set_contact",
    "stop_sharing",
]
