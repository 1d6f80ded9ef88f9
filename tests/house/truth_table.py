"""The truth table of confidentiality, worked out from the rules: ``python -m tests.house.truth_table``
writes it into docs/confidentiality.md."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "confidentiality.md"
BEGIN, END = "<!-- truth table -->\n", "<!-- end of the truth table -->\n"
TODAY = date(2026, 6, 15)
HEADS = ("who reads", "whose care", "ordinary", "sensitive", "ordinary, amounts withheld")
HEADS += ("sensitive, amounts withheld", "social security number")
READERS = {
    "the holder": ("HOLDER", 40),
    "the spouse or partner": ("SPOUSE", 40),
    "another adult, a grown child for instance": ("CHILD", 20),
    "a minor": ("CHILD", 16),
}
AGES = {"a child under 13": 12, "a minor from 13": 13, "an adult": 18}


def table() -> str:
    lines = [f"| {' | '.join(HEADS)} |", f"|{'---|' * len(HEADS)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in _rows())]) + "\n"


def written() -> str:
    """What the page has between its marks."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


def _rows() -> Iterator[tuple[str, ...]]:
    for name, (link, age) in READERS.items():
        yield (name, "their own", *_told(link, age, age, own=True))
    for (name, (link, age)), (whose, years) in product(READERS.items(), AGES.items()):
        for agreed in (False, True) if years == 18 else (False,):
            said = (
                f"{whose} who {'agreed' if agreed else 'did not agree'}" if years == 18 else whose
            )
            yield (name, said, *_told(link, age, years, agreed=agreed))
    yield (
        "who has left the household",
        "their own",
        *_told("SPOUSE", 40, 40, own=True, left="reader"),
    )
    yield ("who has left the household", "anybody else's", *_told("SPOUSE", 40, 18, left="reader"))
    yield (
        "the holder",
        "an adult who agreed, then left the household",
        *_told("HOLDER", 40, 40, agreed=True, left="person"),
    )
    yield (
        "the holder",
        "a child under 13 who then left the household",
        *_told("HOLDER", 40, 12, left="person"),
    )


def _told(
    link: str, age: int, years: int, *, own: bool = False, agreed: bool = False, left: str = ""
) -> tuple[str, ...]:
    """The five answers, by the same functions that pages ask."""
    from havre.domains.contracts.queries import HouseholdSeen
    from havre.domains.contracts.words import Withheld
    from havre.domains.health.queries import reader_of
    from havre.domains.people.access import may_reveal_nir
    from havre.domains.people.queries import people_shown
    from havre.domains.people.words import FamilyLink
    from havre.foundation.ids import new_id
    from tests.house.unsaved import a_care_line, someone

    gone = TODAY - timedelta(days=1)
    reader = someone(link, age, on=TODAY, membership_end=gone if left == "reader" else None)
    other = someone(
        "OTHER",
        years,
        on=TODAY,
        shares_with=frozenset({reader.id} if agreed else ()),
        membership_end=gone if left == "person" else None,
    )
    person, quiet = (reader if own else other), new_id()
    seen = HouseholdSeen([reader, other], {quiet: frozenset({Withheld.AMOUNTS_OF_OTHERS})})
    asking = reader_of(household=new_id(), person=reader.id, seen=seen, on=TODAY, majority=18)
    care = (
        asking.telling(a_care_line(person=person.id, sensitive=sensitive, contract=contract))
        for contract, sensitive in product((None, quiet), (False, True))
    )
    shown = person in people_shown(seen.people, reader=reader.id, on=TODAY)
    whole = shown and may_reveal_nir(
        link=FamilyLink(link), own=own, adult=person.is_adult(on=TODAY, majority=18)
    )
    nir = "on demand" if whole else "masked" if shown else "nothing"
    return (*(telling.value.lower() for telling in care), nir)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.project.django_settings")
    django.setup()
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text.replace(BEGIN + written() + END, BEGIN + table() + END), encoding="utf-8")
