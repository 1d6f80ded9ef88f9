"""Every country has its numbers: one zone, and a number for each need in it."""

from typing import Any

import msgspec
import pytest

from havre.commons.content.rules import emergency
from havre.commons.content.words.emergency import Emergency
from havre.foundation.addresses import countries

HERE = {"fr": "a", "en": "b"}
ALL = sorted(countries())


def document(**changed: Any) -> Emergency:
    """Assistance everywhere, hospital costs by zone; the south has what the north does not list."""
    values: dict[str, Any] = {
        "needs": [
            {
                "id": "assistance",
                "name": HERE,
                "about": HERE,
                "everywhere": {"phone": "+33199004712"},
            },
            {"id": "hospital", "name": HERE, "about": HERE},
        ],
        "zones": [
            zone("north", "+33 1 99 00 47 15", countries=["FR", "NO"]),
            zone("south", "+1 202 555 0152"),
        ],
        "say": [HERE],
        "phrases": [phrase("fr", "FR", "SN")],
        "public": [{"countries": ["FR", "NO"], "ambulance": "112"}],
    }
    return msgspec.convert(values | changed, Emergency)


def zone(name: str, phone: str, **rest: Any) -> dict[str, Any]:
    return {"id": name, "name": HERE, "numbers": [{"need": "hospital", "phone": phone}], **rest}


def phrase(
    language: str, *where: str, text: str = "Appelez {phone}.", need: str = "hospital"
) -> Any:
    return {"language": language, "countries": where, "need": need, "text": text}


def told(**changed: Any) -> list[str]:
    return [f"{one.place}: {one.why}" for one in emergency.check(document(**changed))]


def test_a_good_document_has_nothing_to_mend() -> None:
    assert told() == []


def test_each_country_is_in_one_zone_with_a_number_for_each_need() -> None:  # W36
    zones = emergency.zones(document())
    assert sorted(code for zone in zones for code in zone.countries) == ALL
    assert [(call.need.id, call.number.phone) for call in zones[1].calls] == [
        ("assistance", "+33199004712"),
        ("hospital", "+1 202 555 0152"),
    ]


def test_what_serves_everywhere_is_for_who_finds_no_country() -> None:
    assert [call.need.id for call in emergency.everywhere(document())] == ["assistance"]


def test_a_phrase_says_the_number_of_the_zone() -> None:
    north, south = emergency.zones(document())
    shown = north.phrase_of("FR"), south.phrase_of("SN")
    assert [one and one.text.replace("\N{NO-BREAK SPACE}", " ") for one in shown] == [
        "Appelez +33 1 99 00 47 15.",
        "Appelez +1 202-555-0152.",
    ]
    assert north.phrase_of("NO") is None


def test_public_numbers_are_there_where_the_house_says_them() -> None:
    found = emergency.public_numbers(document(), country="NO")
    assert found is not None
    assert found.ambulance == "112"
    assert emergency.public_numbers(document(), country="SN") is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"needs": []}, "('needs',): is empty"),
        ({"say": []}, "('say',): is empty"),
        ({"zones": [zone("a", "+33199004715", countries=ALL[1:])]}, f"{ALL[0]}: in no zone"),
        ({"zones": [zone("a", "+33199004715"), zone("b", "+33199004715")]}, "lists no country"),
        ({"zones": [zone("a", "+33199004715", countries=[*ALL, "FR"])]}, "FR is there twice"),
        ({"zones": [zone("a", "+33199004715", countries=[*ALL, "ZZ"])]}, "ZZ is no country"),
        ({"zones": [zone("a", "01 99 00 47 15")]}, "01 99 00 47 15 is no telephone number"),
        ({"zones": [zone("a", "+33 1 99")]}, "+33 1 99 is no telephone number"),
        ({"zones": [{"id": "a", "name": HERE}]}, "hospital has no number here, and none everywhere"),
        ({"phrases": [phrase("fr", "FR"), phrase("en", "FR")]}, "FR is there twice"),
        ({"phrases": [phrase("fr", "FR", text="Appelez.")]}, "does not say the number: {phone}"),
        ({"phrases": [phrase("fr", "FR", need="dentist")]}, "dentist is none of the needs"),
        ({"public": [{"countries": ["FR"], "ambulance": "15"}] * 2}, "FR is there twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(changed: dict[str, Any], said: str) -> None:
    assert any(said in one for one in told(**changed)), told(**changed)


def test_hours_are_checked_too() -> None:
    hours = {"zone": "Paris", "week": [{"days": ["monday"], "opens": "18:00", "closes": "08:00"}]}
    number = {"need": "hospital", "phone": "+33199004715", "hours": hours}
    found = told(zones=[{"id": "a", "name": HERE, "numbers": [number]}])
    assert any("Paris is no time zone" in one for one in found)
    assert any("closes before it opens" in one for one in found)
