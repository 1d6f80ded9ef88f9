"""Everything that changes people."""

from havre.domains.people.actions.contact import UnknownNumber, WrongAddress, set_contact
from havre.domains.people.actions.departures import (
    AlreadyDeparted,
    MovedOn,
    NoDeparture,
    SameOne,
    confirm_departure,
    propose_departure,
    refuse_departure,
    undo_departure,
)
from havre.domains.people.actions.differences import (
    TAKEN_AS_THEY_ARE,
    DecidedBefore,
    TakenElsewhere,
    keep_ours,
    take_the_feed_s,
)
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
from havre.domains.people.actions.notes import LONGEST_NOTE, note
from havre.domains.people.actions.numbers import give_number
from havre.domains.people.actions.own_contact import ChangedMeanwhile, change_contact
from havre.domains.people.actions.purge import forget_former_emails
from havre.domains.people.actions.settled import (
    AlreadyThere,
    Identity,
    add_person,
    change_link,
    end_membership,
    set_expatriation_country,
    set_identity,
)
from havre.domains.people.actions.sharing import agree_to_share, stop_sharing
from havre.domains.people.actions.stated_people import LoadedPerson, StatedAddress, StatedPerson

__all__ = [
    "LONGEST_NOTE",
    "TAKEN_AS_THEY_ARE",
    "AlreadyDeparted",
    "AlreadyThere",
    "ChangedMeanwhile",
    "CompanyRow",
    "DecidedBefore",
    "HouseholdRow",
    "Identity",
    "IntermediaryRow",
    "KnownPerson",
    "LoadedPerson",
    "MovedOn",
    "NoDeparture",
    "SameOne",
    "StatedAddress",
    "StatedPerson",
    "TakenElsewhere",
    "UnknownNumber",
    "WrongAddress",
    "add_person",
    "agree_to_share",
    "change_contact",
    "change_link",
    "confirm_departure",
    "end_membership",
    "find_companies",
    "find_households",
    "find_intermediaries",
    "find_persons",
    "forget_former_emails",
    "give_number",
    "keep_ours",
    "load_companies",
    "load_households",
    "load_intermediaries",
    "load_people",
    "note",
    "propose_departure",
    "refuse_departure",
    "set_contact",
    "set_expatriation_country",
    "set_identity",
    "stop_sharing",
    "take_the_feed_s",
    "undo_departure",
]
