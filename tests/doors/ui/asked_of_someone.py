"""A form of a request with a field of every type, and whoever answers it."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from django.http import QueryDict

from havre.domains.contracts.words import Standing
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.words import Field, FieldType, Group, Note, Option, Step

CLAIRE, INES = UUID(int=1), UUID(int=2)
CONTRACT = UUID(int=3)


def someone() -> Facts:
    """Claire in Mexico, her daughter, one contract in euros."""
    claire: Any = SimpleNamespace(
        id=CLAIRE,
        full_name="Claire Aubrac",
        expatriation_country="MX",
        is_adult=lambda **_: True,
    )
    ines = SimpleNamespace(id=INES, full_name="Inès Aubrac", is_adult=lambda **_: False)
    contract = SimpleNamespace(
        id=CONTRACT,
        number="K-1",
        title="Cap",
        formula=None,
        currency="EUR",
        standing=lambda **_: Standing.IN_FORCE,
    )
    return Facts(
        household=UUID(int=9),
        requester=SimpleNamespace(person=claire),  # type: ignore[arg-type]
        people=cast("Any", (claire, ines)),
        details=(),
        contracts=cast("Any", (contract,)),
        formulas={},
        today=date(2026, 6, 15),
    )


FEW = (Option("a", "Ici", "tout près"), Option("b", "Là"))
EVERYTHING = Step(
    name="all",
    title="Tout",
    parts=(
        Field(name="text", label="Objet", at_most="10"),
        Field(name="long", label="Récit", type=FieldType.LONG, required=False),
        Field(name="day", label="Jour", type=FieldType.DATE, at_most="2026-06-15"),
        Field(name="amount", label="Montant", type=FieldType.AMOUNT, given=("MXN",)),
        Field(name="number", label="Séances", type=FieldType.NUMBER, at_least="1", at_most="50"),
        Field(name="choice", label="Lieu", type=FieldType.CHOICE, options=FEW),
        Field(name="choices", label="Lieux", type=FieldType.CHOICES, options=FEW, required=False),
        Field(name="tick", label="D’accord", type=FieldType.TICK),
        Field(name="abroad", label="À l’étranger ?", type=FieldType.YES_NO),
        Field(name="country", label="Pays", type=FieldType.COUNTRY, when=("abroad", ("yes",))),
        Field(name="person", label="Pour qui", type=FieldType.PERSON),
        Field(name="contract", label="Contrat", type=FieldType.CONTRACT),
        Field(name="iban", label="IBAN", type=FieldType.IBAN, required=False),
        Field(name="email", label="E-mail", type=FieldType.EMAIL, required=False),
        Field(name="phone", label="Téléphone", type=FieldType.PHONE, required=False),
        Field(name="home", label="Adresse", type=FieldType.ADDRESS, required=False),
        Field(name="nir", label="Numéro", type=FieldType.NIR, required=False),
        Note(words="Rien n’est encore envoyé."),
        Group(
            name="lines",
            label="Soins",
            one="Soin",
            add="Ajouter un soin",
            at_most=3,
            fields=(
                Field(name="day", label="Date", type=FieldType.DATE),
                Field(name="paid", label="Payé", type=FieldType.AMOUNT),
            ),
        ),
    ),
)


def posted(**given: str | list[str]) -> QueryDict:
    """What a browser sends: ``lines__0__day`` stands for ``lines.0.day``."""
    made = QueryDict(mutable=True)
    for name, value in given.items():
        made.setlist(name.replace("__", "."), [value] if isinstance(value, str) else value)
    return made
