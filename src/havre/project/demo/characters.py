"""The two households of the demo that are drawn by hand: the one whose account is open when the demo
starts, and the one whose account is left for the visitor to open."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from msgspec import structs

from havre.journeys.loading.records import Contract
from havre.project.demo.contracts import Taken, eve, first_of_month, take
from havre.project.demo.household import Family, Sketch, insured_family
from havre.project.demo.issued import Issuer
from havre.project.demo.places import COUNTRIES
from havre.project.demo.products import PLANS
from havre.project.demo.visits import Planned, Visit, paydays, planned_visit, some_visits

MEMBER_HOUSEHOLD = "H0001"
MEMBER_NUMBER = "HV 204 817 3"
TO_OPEN_NUMBER = "HV 215 604 9"

_CLAIRE, _MATHIEU, _INES, _JULES, _AGATHE, _THEO = range(6)
# What is paid in each of the last six months, oldest first.
_MEMBER_CARE = (
    (Planned(_CLAIRE, ("GP", "MEDICINE")), Planned(_JULES, ("PAEDIATRICIAN",))),
    (
        Planned(_MATHIEU, ("SKIN",)),
        Planned(_INES, ("CARIES",)),
        Planned(_CLAIRE, ("PHYSIOTHERAPY",)),
    ),
    (
        Planned(_CLAIRE, ("BLOOD",)),
        Planned(_JULES, ("VACCINE",)),
        Planned(_AGATHE, ("GYNAECOLOGIST",)),  # sensitive: private although she shares
        Planned(_THEO, ("GP",)),
    ),
    (
        Planned(_INES, ("BRACES",)),
        Planned(_MATHIEU, ("PHYSIOTHERAPY",)),
        Planned(_MATHIEU, ("PHYSIOTHERAPY",)),
    ),
    (
        # About 125 euros, beyond the 110 of the guarantee: something is left to pay, and it says why.
        Planned(_CLAIRE, ("EYES",), price=Decimal(2600)),
        Planned(_CLAIRE, ("GLASSES",)),
        Planned(_JULES, ("GP", "MEDICINE")),
    ),
    (
        Planned(_INES, ("MEDICINE",)),
        Planned(_MATHIEU, ("SCAN",)),
        Planned(_CLAIRE, ("OSTEOPATHY",)),
        Planned(_AGATHE, ("GP", "MEDICINE")),
    ),
)
_LEA, _WEI_JIE, _NOE = range(3)
_TO_OPEN_CARE: tuple[tuple[Planned, ...], ...] = (
    (),
    (Planned(_LEA, ("GP",)),),
    (),
    (Planned(_NOE, ("PAEDIATRICIAN", "MEDICINE")), Planned(_WEI_JIE, ("SCALING",))),
    (Planned(_LEA, ("BLOOD",)),),
    (Planned(_NOE, ("VACCINE",)),),
)


def member_household(
    rng: Random, issuer: Issuer, today: date
) -> tuple[Family, list[Taken], list[Visit]]:
    """Claire Aubrac, in Mexico with her husband and four children, two of age: on top of the CFE by a
    contract of her own, after her employer's contract in dollars ended. One late claim of
    that time was paid lately."""
    family = insured_family(
        rng,
        issuer,
        code=MEMBER_HOUSEHOLD,
        country=COUNTRIES["MX"],
        language="fr",
        sketches=_aubrac(today),
        today=today,
        currencies=("EUR", "USD"),
    )
    since = first_of_month(today, -14)
    employers = take(
        rng, family, PLANS["MONDE"], number=1, start=first_of_month(today, -58), end=eve(since)
    )
    own = take(rng, family, PLANS["CONFORT"], number=2, start=since)
    own = replace(own, contract=structs.replace(own.contract, since=first_of_month(today, -12)))
    visits = _planned(rng, family, own, _MEMBER_CARE, today)
    visits += some_visits(
        rng, family, [employers, own], today=today, until=first_of_month(today, -7)
    )
    visits += _hospital_and_open_claims(rng, family, employers, own, today)
    return family, [employers, own], visits


def _aubrac(today: date) -> list[Sketch]:
    """Of the two of age, she shares with her mother and he does not; their father has left."""
    year = today.year
    left: dict[str, str | date | None] = {"membership_end": first_of_month(today, -30)}
    return [
        Sketch("HOLDER", True, "Claire", "Aubrac", date(year - 40, 4, 14), MEMBER_NUMBER),
        Sketch("SPOUSE", False, "Mathieu", "Lestrade", date(year - 42, 9, 2)),
        Sketch("CHILD", True, "Inès", "Lestrade", date(year - 9, 3, 21)),
        Sketch("CHILD", False, "Jules", "Lestrade", date(year - 4, 6, 8)),
        Sketch("CHILD", True, "Agathe", "Morvan", date(year - 20, 1, 9)),
        Sketch("CHILD", False, "Théo", "Morvan", date(year - 19, 1, 30)),
        Sketch("SPOUSE", False, "Bastien", "Morvan", date(year - 43, 5, 6), known=left),
    ]


def as_it_began(contract: Contract) -> Contract:
    """The member's own contract before she chose a better formula and a wider zone."""
    return structs.replace(
        contract, formula="ESSENTIEL", scheme="FIRST_EURO", zone=2, since=contract.start
    )


def _hospital_and_open_claims(
    rng: Random, family: Family, employers: Taken, own: Taken, today: date
) -> list[Visit]:
    """A stay that the insurer paid to the hospital, a claim sent late, and two that wait."""
    stay, late = paydays(today, 9)[0], paydays(today, 5)[0]
    operation, scan = Planned(_MATHIEU, ("OPERATION", "AMBULANCE")), Planned(_CLAIRE, ("MRI",))
    before = eve(own.start) - timedelta(days=20)
    waiting = (Planned(_INES, ("GP",)), 3), (Planned(_CLAIRE, ("GYNAECOLOGIST",)), 6)
    visits = [
        planned_visit(
            rng, family, own, operation, day=stay - timedelta(days=9), ready_on=stay, direct=True
        ),
        planned_visit(rng, family, employers, scan, day=before, ready_on=late),
    ]
    for planned, days in waiting:
        day = today - timedelta(days=days)
        visits.append(planned_visit(rng, family, own, planned, day=day, ready_on=None))
    return visits


def to_open_household(
    rng: Random, issuer: Issuer, today: date
) -> tuple[Family, list[Taken], list[Visit]]:
    """Léa Fontaine-Tan, in Singapore: an account to open by hand, and a few reimbursements to find."""
    year = today.year
    family = insured_family(
        rng,
        issuer,
        code="H0002",
        country=COUNTRIES["SG"],
        language="fr",
        sketches=[
            Sketch("HOLDER", True, "Léa", "Fontaine-Tan", date(year - 37, 7, 3), TO_OPEN_NUMBER),
            Sketch("SPOUSE", False, "Wei Jie", "Tan", date(year - 38, 11, 25)),
            Sketch("CHILD", False, "Noé", "Tan", date(year - 6, 2, 17)),
        ],
        today=today,
        currencies=("EUR",),
    )
    contract = take(
        rng,
        family,
        PLANS["CONFORT"],
        number=3,
        start=first_of_month(today, -11),
        with_intermediary=True,
    )
    return family, [contract], _planned(rng, family, contract, _TO_OPEN_CARE, today)


def _planned(
    rng: Random,
    family: Family,
    taken: Taken,
    months: tuple[tuple[Planned, ...], ...],
    today: date,
) -> list[Visit]:
    return [
        planned_visit(
            rng,
            family,
            taken,
            planned,
            day=payday - timedelta(days=rng.randint(4, 11)),
            ready_on=payday,
        )
        for payday, care in zip(paydays(today, len(months)), months, strict=True)
        for planned in care
    ]
