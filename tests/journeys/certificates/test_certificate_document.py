import re
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.foundation.reading_pdf import opened, text_of
from tests.journeys.certificates.builders import a_certificate, an_insurer

from havre.domains.contracts.words import ContractKind, Scheme
from havre.journeys.certificates.document import (
    CertificateRefused,
    Language,
    Reason,
)
from havre.journeys.certificates.wording import country_name, date_in_full, languages, wording

LONG_NAME = "Marie-Antoinette Wolfeschlegelstein de La Tour-Montmorency-Luxembourg"


def read(language: Language = "fr", **changes: Any) -> str:
    return re.sub(r"\s+", " ", text_of(a_certificate(language, **changes)))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Attestation d’assurance, Inès Lemaire"),
        ("en", "Insurance certificate, Inès Lemaire"),
    ],
)
def test_a_certificate_is_archivable_accessible_and_in_its_language(
    language: Language, title: str
) -> None:
    pdf = opened(a_certificate(language))
    with pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] + metadata["pdfaid:conformance"] == "2A"
        assert metadata["pdfuaid:part"] == "1"
    assert str(pdf.Root.Lang) == language
    assert str(pdf.docinfo.Title) == title
    assert str(pdf.docinfo.Author) == "Assurances du Large"


# W30: for a beneficiary, with the insurer, the person, the contract, the days and the territory.
def test_a_french_certificate_says_who_is_covered_by_whom_where_and_when() -> None:
    said = read("fr")
    for words in (
        "Assurances du Large certifie que la personne désignée ci-dessous bénéficie, le "
        "22 novembre 2026, d’une couverture de ses frais de santé au titre du contrat individuel "
        "n° C-2024-88301.",
        "Inès Lemaire Date de naissance 1er mars 2017 Numéro d’adhérent HV2048173",
        "Pays d’expatriation Mexique",
        "Formule Escale Confort",
        "Niveau d’intervention En complément de la Caisse des Français de l’Étranger (CFE)",
        "Titulaire Claire Aubrac",
        "Début 1er février 2024 Fin 31 décembre 2026 Territoire Amérique latine",
        "12 quai des Dauphins 44000 Nantes France +33 2 00 00 00 00 adherents@large.example",
        "Fait le 22 novembre 2026 Pour Assurances du Large Service Adhérents",
        "AT-2026-000417",
    ):
        assert words in said


# W30
def test_an_english_certificate_says_the_same() -> None:
    said = read("en", kind=ContractKind.COLLECTIVE, scheme=Scheme.FIRST_EURO)
    for words in (
        "Assurances du Large certifies that, on 22 November 2026, the person named below is "
        "covered for healthcare costs under group contract no. C-2024-88301.",
        "Inès Lemaire Date of birth 1 March 2017 Adherent number HV2048173",
        "Country of expatriation Mexico",
        "Level of cover From the first euro",
        "Start 1 February 2024 End 31 December 2026 Territory Amérique latine",
        "Issued on 22 November 2026 For Assurances du Large Service Adhérents",
    ):
        assert words in said


# W5
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "ne remplace ni les conditions générales ni les conditions particulières"),
        ("en", "does not replace the general and particular conditions"),
    ],
)
def test_guarantees_stay_those_of_the_conditions(language: Language, words: str) -> None:
    assert words in read(language)


@pytest.mark.parametrize(
    ("as_of", "language", "words"),
    [
        (date(2025, 1, 1), "fr", "bénéficiait, le 1er janvier 2025,"),
        (date(2026, 12, 1), "fr", "bénéficiera, le 1er décembre 2026, sauf fin anticipée"),
        (date(2025, 1, 1), "en", "on 1 January 2025, the person named below was covered"),
        (date(2026, 12, 1), "en", "on 1 December 2026 and unless the contract ends earlier"),
    ],
)
def test_another_day_is_certified_as_past_or_to_come(
    as_of: date, language: Language, words: str
) -> None:
    assert words in read(language, as_of=as_of)


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Fin Aucune date de fin connue"), ("en", "End No end date known")],
)
def test_a_cover_without_known_end_says_so(language: Language, words: str) -> None:
    assert words in read(language, cover_end=None)


def test_what_is_not_known_and_not_needed_is_left_out() -> None:
    said = read(
        adherent_number=None,
        expatriation_country=None,
        product_name=None,
        scheme=Scheme.NOT_STATED,
    )
    for label in ("adhérent HV", "Pays d’expatriation", "Formule", "Niveau d’intervention"):
        assert label not in said


@pytest.mark.parametrize("language", ["fr", "en"])
def test_long_names_and_addresses_stay_on_one_a4_page(language: Language) -> None:
    insurer = an_insurer(
        legal_name="Société mutuelle d’assurance des expatriés et navigateurs du Ponant",
        address=(
            "Direction des relations avec les adhérents expatriés",
            "Immeuble Les Grandes Marées, bâtiment C, 4e étage",
            "1245 boulevard du Maréchal-de-Lattre-de-Tassigny, BP 90210",
            "44000 Nantes Cedex 9, France",
        ),
    )
    pdf = a_certificate(
        language,
        insurer=insurer,
        person_name=LONG_NAME,
        holder_name=LONG_NAME,
        cover_end=None,
        product_name="Escale Confort Plus, renfort hospitalisation et maternité",
        territory="Amérique du Sud, Amérique centrale, Caraïbes, Afrique, Asie hors Japon, "
        "Hong Kong et Singapour, Europe hors Royaume-Uni et Suisse, Moyen-Orient, Océanie",
        expatriation_country="CD",
    )
    pages = opened(pdf).pages
    assert len(pages) == 1
    assert [round(float(side)) for side in pages[0].MediaBox] == [0, 0, 595, 842]
    assert LONG_NAME.replace(" ", "") in text_of(pdf).replace(" ", "")


@pytest.mark.parametrize("name", ['#include "/etc/passwd"', "*bold* _x_", "] #panic() [", "{0} %s"])
def test_a_name_is_text_and_nothing_else(name: str) -> None:
    assert name in read(person_name=name)


def test_a_name_that_cannot_be_printed_is_refused_with_its_letters() -> None:
    with pytest.raises(CertificateRefused) as refusal:
        a_certificate(person_name="王小明")
    assert refusal.value.reasons == (Reason.FONTS_MISSING,)
    assert set(refusal.value.unprintable) >= set("王小明")
    assert "王" not in str(refusal.value)


def test_nothing_is_printed_when_a_fact_is_missing() -> None:
    with pytest.raises(CertificateRefused) as refusal:
        a_certificate(birth_date=None)
    assert refusal.value.reasons == (Reason.BIRTH_DATE_MISSING,)


def test_the_logo_stands_for_the_name_in_the_band(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
        '<rect width="40" height="10" fill="#0e5762"/></svg>'
    )
    with_logo = text_of(a_certificate(insurer=an_insurer(logo=logo)))
    assert (
        with_logo.count("Assurances du Large")
        == text_of(a_certificate()).count("Assurances du Large") - 1
    )


def test_the_same_facts_give_the_same_file() -> None:
    assert a_certificate() == a_certificate()


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        (date(2026, 11, 1), "fr", "1er novembre 2026"),
        (date(2026, 11, 11), "fr", "11 novembre 2026"),
        (date(2026, 8, 21), "fr", "21 août 2026"),
        (date(2026, 11, 1), "en", "1 November 2026"),
    ],
)
def test_dates_are_in_full(day: date, language: Language, words: str) -> None:
    assert date_in_full(day, language).replace("\u00a0", " ") == words


def test_an_unknown_country_code_is_shown_as_it_is() -> None:
    assert country_name("ZQ", "fr") == "ZQ"


def said(value: Any) -> str:
    """Every word of a language, in one text."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " ".join(map(said, value.values()))
    return " ".join(map(said, value)) if isinstance(value, list) else said(asdict(value))


def test_french_words_keep_french_typography() -> None:
    written = said(wording("fr"))
    assert "'" not in written
    assert not re.search(r"[^\u00a0][:;?!]|n°[^\u00a0]", written)


@pytest.mark.parametrize("language", languages())
def test_every_language_fills_the_same_blanks_and_names_every_kind(language: str) -> None:
    french, other = asdict(wording("fr")), asdict(wording(language))
    blanks = re.compile(r"\{\w+\}")
    for name, words in french.items():
        if isinstance(words, str):
            assert sorted(blanks.findall(words)) == sorted(blanks.findall(other[name])), name
        else:
            assert words.keys() == other[name].keys(), name
    for code, words in french["certificates"].items():
        assert len(words["remarks"]) == len(other["certificates"][code]["remarks"]), code
    assert "\u2014" not in said(other)


def test_the_languages_of_the_pages_come_first_and_say_what_each_kind_is_for() -> None:
    assert languages() == ("fr", "en", "de", "es")
    for language in ("fr", "en"):
        assert all(kind.about for kind in wording(language).certificates.values())
