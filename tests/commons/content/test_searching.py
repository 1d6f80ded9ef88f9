"""Searching forgives: accents, spelling, a word half typed, a whole sentence."""

from time import perf_counter

import pytest

from havre.commons.content.rules.searching import entry, search

QUESTIONS = {
    "password": ("J’ai oublié mon mot de passe", "Demandez-en un nouveau."),
    "claim": ("Comment demander un remboursement ?", "Remplissez la feuille de soins."),
    "dental": ("Les prothèses dentaires", "Un accord préalable est nécessaire."),
    "hospital": ("Une hospitalisation est prévue", "L’hôpital adresse sa facture."),
    "newborn": ("Couvrir un nouveau-né", "Envoyez l’acte de naissance."),
}
ENTRIES = [entry(key, title=title, text=text) for key, (title, text) in QUESTIONS.items()]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mot de passe", "password"),
        ("oublie", "password"),
        ("OUBLIÉ", "password"),
        ("rembours", "claim"),
        ("rembourssement", "claim"),
        ("remboursemnt", "claim"),
        ("prothese", "dental"),
        ("protéses", "dental"),
        ("hopital", "hospital"),
        ("hospitalization", "hospital"),
        ("nouveau né", "newborn"),
        ("comment est-ce que je peux avoir un remboursement de mes soins", "claim"),
    ],
)
def test_what_is_meant_comes_first(typed, first):
    assert search(ENTRIES, typed)[0] == first


@pytest.mark.parametrize("typed", ["xyzzy", "mot xyzzy", "vol annulé bagage"])
def test_what_nobody_wrote_is_not_found(typed):
    assert search(ENTRIES, typed) == []


@pytest.mark.parametrize("typed", ["", "  ", "comment est-ce que je", "?!"])
def test_words_that_tell_nothing_leave_the_list_as_it_stands(typed):
    assert search(ENTRIES, typed) == list(QUESTIONS)


def test_a_title_weighs_more_than_a_text():
    assert search(ENTRIES, "nouveau") == ["newborn", "password"]


def test_a_thousand_questions_are_quick():
    many = [entry(n, title=f"question{n} remboursement", text="mot " * 50) for n in range(1000)]
    began = perf_counter()
    search(many, "rembourssement question demande soins feuille acte facture hopital " * 20)
    assert perf_counter() - began < 1, "a search as one types may take milliseconds"
