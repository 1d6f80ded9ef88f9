"""What a feed says of persons: merged with what is known, then written as a set.

A value that the member or the desk confirmed is never replaced: the feed's is kept apart, sealed,
until somebody decides.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from havre.domains.people.actions.known_people import known_members, other_holders
from havre.domains.people.actions.merged_people import Member, member_of
from havre.domains.people.actions.numbers import holders_of, issue_numbers
from havre.domains.people.actions.stated_people import LoadedPerson, StatedPerson
from havre.domains.people.actions.write_people import notice, write
from havre.domains.people.words import FamilyLink
from havre.foundation.db.intake import WrongRow, WrongRows
from havre.foundation.identifiers import adherent_key


def load_people(
    people: Sequence[StatedPerson], *, now: datetime, issue_missing_numbers: bool = False
) -> list[LoadedPerson]:
    """Take people in, in the order given.

    With ``issue_missing_numbers``, who has no adherent number after that is given one, once.
    Refuses (``WrongRows``) a person of another household, a number of someone else, a household
    with another holder or with none.
    """
    known = known_members([(person.source, person.external_id) for person in people])
    members = [
        member_of(place, stated, known.get((stated.source, stated.external_id)), now)
        for place, stated in enumerate(people)
    ]
    wrong = [*_in_other_households(members), *_with_others_numbers(members), *_holders(members)]
    if wrong:
        raise WrongRows(sorted(wrong))
    if issue_missing_numbers:
        _issue(members)
    write([member for member in members if member.writes])
    noticed = notice([member for member in members if member.merged.contested], now=now)
    return [_loaded(member, noticed) for member in members]


def _issue(members: Sequence[Member]) -> None:
    without = [member for member in members if not member.number]
    stated = {adherent_key(member.number) for member in members if member.number}
    numbers = issue_numbers(len(without), besides=stated)
    for member, number in zip(without, numbers, strict=True):
        member.issued = number


def _loaded(member: Member, noticed: Collection[tuple[UUID, str]]) -> LoadedPerson:
    issued = ("adherent_number",) if member.issued else ()
    return LoadedPerson(
        id=member.id,
        membership=member.membership,
        adherent_number=member.number,
        language=member.language,
        new=member.known is None,
        changed=tuple(dict.fromkeys((*member.merged.changed, *issued))),
        to_review=tuple(f for f in member.merged.contested if (member.id, f) in noticed),
        issued=member.issued,
    )


# --- What is refused -----------------------------------------------------------------------------


def _in_other_households(members: Iterable[Member]) -> Iterable[WrongRow]:
    for member in members:
        if member.known and member.known.household_id != member.stated.household_id:
            yield WrongRow(member.place, "household", "the person is known in another household")


def _with_others_numbers(members: Sequence[Member]) -> Iterable[WrongRow]:
    """A number that its holder gives up in the same feed is free."""
    changing = {member.membership: member for member in members if member.number_changes}
    taken = holders_of([member.number for member in changing.values() if member.number])
    for member in changing.values():
        holder = taken.get(adherent_key(member.number or ""), member.membership)
        if holder != member.membership and holder not in changing:
            why = "is the adherent number of someone else"
            yield WrongRow(member.place, "adherent_number", why)


def _holders(members: Sequence[Member]) -> Iterable[WrongRow]:
    here: dict[UUID, list[Member]] = {}
    for member in members:
        here.setdefault(member.stated.household_id, []).append(member)
    elsewhere = other_holders(here, besides={member.id for member in members})
    for household, those in here.items():
        holding = [member for member in those if member.value("link") == FamilyLink.HOLDER]
        if len(holding) + (household in elsewhere) > 1:
            yield WrongRow(holding[-1].place, "link", "the household has another holder")
        elif not holding and household not in elsewhere:
            yield WrongRow(those[0].place, "household", "the household has no holder")
