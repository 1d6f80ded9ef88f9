"""Every piece on one page, on each of the three layouts, with fictional figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.utils import translation
from jinja2 import Environment, FileSystemLoader

from havre.doors.ui import charts, fields, formats, jinja
from havre.doors.ui.forms import Form
from havre.doors.ui.shell import AccountBadge, LanguageLink, Link, NavItem, Operator, Shell
from havre.foundation.dates import last_months
from havre.foundation.money import Money

UI = Path(jinja.__file__).parent
HERE = Path(__file__).parent
FIGURES = ("118.40", "312.75", "96.20", "202.54", "543.58", "159.15")


class Everything(Form):
    number = forms.CharField(label="Numéro d’adhérent", help_text="Il figure sur votre carte.")
    password = fields.PasswordField(label="Mot de passe", autocomplete="current-password")
    birth_date = fields.DayField(label="Date de naissance", autocomplete="bday")
    email = fields.EmailField(label="Adresse e-mail")
    code = fields.CodeField(label="Code reçu par e-mail")
    phone = forms.CharField(label="Téléphone", required=False)
    language = forms.ChoiceField(label="Langue", choices=[("fr", "Français"), ("en", "English")])
    person = forms.ChoiceField(
        label="Pour qui", choices=[("1", "Claire"), ("2", "Inès")], widget=forms.RadioSelect
    )
    message = forms.CharField(label="Message", widget=forms.Textarea({"rows": "3"}))
    terms = forms.BooleanField(label="J’accepte les conditions générales d’utilisation")
    time_zone = fields.TimeZoneField()


WRONG = {"number": "HV 204 817 3", "birth_date": "31/11/2026", "email": "claire", "person": "2"}


def environment() -> Environment:
    return jinja.environment(loader=FileSystemLoader([UI / "templates", HERE / "templates"]))


def shell(**changes: Any) -> Shell:
    made = Shell(
        operator=Operator(
            name="Assurances du Large",
            legal_name="Assurances du Large, entreprise fictive",
            phone="+33 1 99 00 12 34",
            email="service@assurances-du-large.example",
            hours="Du lundi au vendredi, de 8 h à 18 h, heure de Paris",
        ),
        home_url="/fr/",
        nav=(
            NavItem("Accueil", "#1", "house"),
            NavItem("Contrats", "#2", "file-text"),
            NavItem("Décomptes", "#3", "receipt", current=True),
            NavItem("Attestations", "#4", "patch-check"),
            NavItem("Informations", "#5", "person"),
        ),
        legal_links=tuple(
            Link(label, "#")
            for label in ("Conditions générales", "Mentions légales", "Confidentialité")
        ),
        languages=(LanguageLink("en", "English", "/en/"),),
        account=AccountBadge("Claire Aubrac", "CA", "/fr/sign-out"),
        demo_notice="Démonstration : personnes fictives",
        mailbox_url="/mailbox",
    )
    return replace(made, **changes)


def columns() -> tuple[charts.Bar, ...]:
    months = last_months(date(2026, 11, 22), 6)
    amounts = [Money(figure, "EUR") for figure in FIGURES]
    return charts.bars(
        [amount.amount for amount in amounts],
        captions=[formats.short_month(first) for first, _last in months],
        labels=[formats.brief_money(amount) for amount in amounts],
    )


def render(
    template: str,
    *,
    language: str = "fr",
    data: dict[str, str] | None = None,
    drawn_by: Environment | None = None,
    **changes: Any,
) -> str:
    with translation.override(language):
        return (
            (drawn_by or environment())
            .get_template(template)
            .render(
                shell=shell(**changes),
                csrf_input="",
                form=Everything(WRONG if data is None else data),
                blank=Everything(auto_id="blank-%s"),
                columns=columns(),
                months=last_months(date(2026, 11, 22), 6),
                euros=[Money(figure, "EUR") for figure in FIGURES],
                pesos=Money("2600.00", "MXN"),
                segments=charts.split([Decimal("1432.62"), Decimal("514.22"), Decimal("267.66")]),
                today=date(2026, 11, 12),
            )
        )
