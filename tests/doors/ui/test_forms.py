"""Fields as they are read and drawn."""

from datetime import date
from typing import Any

import pytest
from django import forms

from havre.doors.ui import fields
from havre.doors.ui.forms import Form, field_view, problems

N = "\N{NO-BREAK SPACE}"


class Sample(Form):
    number = forms.CharField(label="Numéro", max_length=5, help_text="Sur la carte")
    born = fields.DayField(label="Naissance", autocomplete="bday")
    email = fields.EmailField(label="E-mail", required=False)
    code = fields.CodeField(label="Code", required=False)
    secret = fields.PasswordField(label="Secret", autocomplete="new-password", required=False)
    place = forms.ChoiceField(label="Lieu", choices=[("a", "Ici"), ("b", "Là")], required=False)
    agreed = forms.BooleanField(label="D’accord")
    named = forms.CharField(error_messages={"required": "Dites qui."})
    time_zone = fields.TimeZoneField()


def filled(**changes: str) -> Sample:
    good = {"number": "A1", "born": "21/03/1958", "agreed": "on", "named": "x"}
    return Sample(good | changes)


def test_good_answers_come_out_clean(french: None) -> None:
    form = filled(code=" 123-456 ", secret="  kept as typed ", time_zone="Asia/Tokyo")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1958, 3, 21)
    assert form.cleaned_data["code"] == "123456"
    assert form.cleaned_data["secret"] == "  kept as typed "
    assert form.cleaned_data["time_zone"] == "Asia/Tokyo"


@pytest.mark.parametrize("given", ["../etc/passwd", "Mars/Olympus", ""])
def test_a_time_zone_that_does_not_exist_is_none(given: str) -> None:
    form = filled(time_zone=given)
    assert form.is_valid()
    assert form.cleaned_data["time_zone"] == ""


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"number": ""}, "number", f"Remplissez «{N}Numéro{N}»."),
        ({"number": "123456"}, "number", "Écrivez au plus 5 caractères."),
        ({"email": "claire"}, "email", "Écrivez une adresse comme nom@exemple.fr."),
        ({"place": "z"}, "place", f"Choisissez une des réponses proposées pour «{N}Lieu{N}»."),
        ({"agreed": ""}, "agreed", "Cochez la case pour continuer."),
        ({"named": ""}, "named", "Dites qui."),
        ({"born": "31/11/2026"}, "born", "Novembre 2026 a 30 jours. Vérifiez le jour."),
        (
            {"born": "11/31/2026"},
            "born",
            "Le mois 31 n’existe pas. Écrivez le jour, puis le mois.",
        ),
        (
            {"born": "21/03/58"},
            "born",
            "Écrivez l’année avec ses quatre chiffres, par exemple 1958.",
        ),
        (
            {"born": "21/03/0000"},
            "born",
            "Écrivez le jour, le mois et l’année, par exemple 21/03/1958.",
        ),
    ],
)
def test_errors_speak_our_voice(
    changes: dict[str, str], field: str, message: str, french: None
) -> None:
    form = filled(**changes)
    assert not form.is_valid()
    assert form.errors == {field: [message]}


def test_the_words_of_a_field_of_ours_are_kept() -> None:
    class Card(forms.CharField):
        default_error_messages = {"required": "It is on your card."}

    class Sample(Form):
        card = Card()

    assert Sample({}).errors == {"card": ["It is on your card."]}


def test_errors_follow_the_language(english: None) -> None:
    assert filled(born="31/11/2026").errors == {
        "born": ["November 2026 has 30 days. Check the day."]
    }


def test_a_field_is_described_by_its_hint_then_its_error(french: None) -> None:
    view = field_view(filled(number="")["number"])
    assert view.described_by == "number-hint number-error"
    assert dict(view.attributes) == {"maxlength": "5", "required": ""}
    assert (view.kind, view.type, view.id, view.optional) == ("input", "text", "number", False)


def test_what_was_typed_is_kept_but_never_a_password(french: None) -> None:
    form = filled(born="31/11/2026", secret="hidden words")
    assert field_view(form["born"]).value == "31/11/2026"
    assert field_view(form["secret"]).value == ""
    assert field_view(form["secret"]).secret


def test_a_day_given_by_the_page_is_written_as_typed() -> None:
    form = Sample(initial={"born": date(2026, 11, 3)})
    assert field_view(form["born"]).value == "03/11/2026"


def test_answers_of_a_list() -> None:
    view = field_view(filled(place="b")["place"])
    assert view.kind == "select"
    assert [(option.value, option.chosen) for option in view.options] == [("a", False), ("b", True)]


def test_a_box_is_ticked_when_it_was() -> None:
    assert field_view(filled()["agreed"]).checked
    assert not field_view(filled(agreed="")["agreed"]).checked


def test_the_summary_lists_what_is_wrong_in_the_order_of_the_page(french: None) -> None:
    class Whole(Sample):
        def clean(self) -> dict[str, Any]:
            raise forms.ValidationError("Ensemble, non.")

    form = Whole({"born": "hier", "named": "x", "agreed": "on"})
    assert [identity for identity, _message in problems(form)] == ["", "number", "born"]
