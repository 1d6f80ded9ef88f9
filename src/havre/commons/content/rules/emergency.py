"""Which number serves where: every country is in one zone, and every need has a number in it."""

from collections.abc import Iterable, Iterator

from havre.commons.content.rules.checks import hours_problems
from havre.commons.content.words.emergency import (
    Call,
    Emergency,
    Need,
    Number,
    PublicNumbers,
    ShownPhrase,
    Zone,
    ZoneSeen,
)
from havre.commons.content.words.kinds import Place, Problem
from havre.foundation.addresses import countries as all_countries
from havre.foundation.phones import WrongPhone, read_phone, shown_phone

_PHONE = "{phone}"


def zones(document: Emergency) -> tuple[ZoneSeen, ...]:
    """Every zone, its countries in the order of codes where it has what the others leave."""
    return tuple(
        ZoneSeen(
            id=zone.id,
            name=zone.name,
            countries=countries,
            calls=calls,
            phrases=tuple(_phrases(document, calls, countries)),
        )
        for zone in document.zones
        for countries in [zone.countries or tuple(sorted(_left(document)))]
        for calls in [tuple(_calls(document.needs, zone))]
    )


def everywhere(document: Emergency) -> tuple[Call, ...]:
    """The numbers that serve where no zone has its own: those to call from a country one does not find."""
    return tuple(Call(need, need.everywhere) for need in document.needs if need.everywhere)


def public_numbers(document: Emergency, *, country: str) -> PublicNumbers | None:
    """What anybody dials there, if the house says it."""
    return next((one for one in document.public if country in one.countries), None)


def check(document: Emergency) -> Iterator[Problem]:
    """What the types cannot say."""
    for name in ("needs", "zones", "say"):
        if not getattr(document, name):
            yield Problem((name,), "is empty")
    needs = {need.id for need in document.needs}
    for rank, need in enumerate(document.needs):
        if need.everywhere:
            yield from _number(need.everywhere, ("needs", rank, "everywhere"))
    yield from _countries(document)
    for rank, zone in enumerate(document.zones):
        yield from _zone(zone, document.needs, needs, ("zones", rank))
    for rank, phrase in enumerate(document.phrases):
        if phrase.need not in needs:
            yield Problem(("phrases", rank, "need"), f"{phrase.need} is none of the needs")
        if _PHONE not in phrase.text:
            yield Problem(("phrases", rank, "text"), f"does not say the number: {_PHONE}")
    yield from _once("phrases", (one.countries for one in document.phrases))
    yield from _once("public", (one.countries for one in document.public))


def _calls(needs: Iterable[Need], zone: Zone) -> Iterator[Call]:
    own = {one.need: one for one in zone.numbers}
    for need in needs:
        if number := own.get(need.id) or need.everywhere:
            yield Call(need, number)


def _phrases(
    document: Emergency, calls: Iterable[Call], countries: Iterable[str]
) -> Iterator[ShownPhrase]:
    numbers = {call.need.id: call.number.phone for call in calls}
    here = set(countries)
    for phrase in document.phrases:
        if spoken := tuple(one for one in phrase.countries if one in here):
            said = phrase.text.replace(_PHONE, shown_phone(numbers[phrase.need]))
            yield ShownPhrase(phrase.language, spoken, said)


def _left(document: Emergency) -> frozenset[str]:
    return all_countries() - {one for zone in document.zones for one in zone.countries}


def _countries(document: Emergency) -> Iterator[Problem]:
    """Each country once: a zone that lists none has the rest, and no other may."""
    yield from _once("zones", (zone.countries for zone in document.zones))
    rest = [rank for rank, zone in enumerate(document.zones) if not zone.countries]
    for rank in rest[1:]:
        yield Problem(("zones", rank), "lists no country: only one zone may have all the others")
    if not rest and (left := sorted(_left(document))):
        yield Problem(("zones",), f"{', '.join(left)}: in no zone")


def _once(name: str, lists: Iterable[tuple[str, ...]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for rank, countries in enumerate(lists):
        for count, country in enumerate(countries):
            place = (name, rank, "countries", count)
            if country not in all_countries():
                yield Problem(place, f"{country} is no country")
            elif country in seen:
                yield Problem(place, f"{country} is there twice")
            seen.add(country)


def _zone(zone: Zone, needs: Iterable[Need], known: set[str], place: Place) -> Iterator[Problem]:
    own = [one.need for one in zone.numbers]
    for rank, number in enumerate(zone.numbers):
        here = (*place, "numbers", rank)
        yield from _number(number, here)
        if number.need not in known:
            yield Problem((*here, "need"), f"{number.need} is none of the needs")
        elif number.need in own[:rank]:
            yield Problem((*here, "need"), f"{number.need} is there twice")
    for need in needs:
        if need.id not in own and need.everywhere is None:
            yield Problem(place, f"{need.id} has no number here, and none everywhere")


def _number(number: Number, place: Place) -> Iterator[Problem]:
    try:
        read_phone(number.phone, country=None)
    except WrongPhone:
        why = f"{number.phone} is no telephone number with its country code, as +33 1 99 00 12 34"
        yield Problem((*place, "phone"), why)
    if number.hours:
        yield from hours_problems(number.hours, (*place, "hours"))
