"""What the demo's member claims for care, and asks agreement for: in every state a claim can be in."""

from collections.abc import Iterator
from datetime import date, timedelta

from babel.dates import format_date

from havre.commons.cases.words import Answers, Asked, AskReason, Outcome
from havre.project.demo.asked import Wish
from havre.project.demo.photographed import Photo


def claims(today: date) -> Iterator[Wish]:
    """From the oldest to the newest."""
    yield from _decided(today)
    yield from _open(today)


def _decided(today: date) -> Iterator[Wish]:
    antibiotic = _antibiotic(today)
    yield Wish(
        "prior-agreement",
        _planned("Couronne céramique, deux dents", "DENTAL", "9800.00", today - timedelta(20)),
        ago=34,
        outcome=Outcome.VALIDATED,
        words="Nous donnons notre accord pour ces deux couronnes.",
        answered=31,
    )
    yield Wish(
        "health-claim",
        antibiotic,
        ago=27,
        photos=_photos(antibiotic, "prescription"),
        outcome=Outcome.VALIDATED,
        words="Vos médicaments sont remboursés selon votre garantie.",
        answered=24,
    )
    yield Wish(
        "health-claim",
        _glasses(today),
        ago=22,
        outcome=Outcome.VALIDATED,
        words="La monture et les verres sont remboursés. L’étui n’est pas un soin.",
        answered=19,
        details={"lines": [{}, {"amount": "0", "why": "not-reimbursed", "clause": "article 9.3"}]},
    )
    yield Wish(
        "health-claim",
        antibiotic,
        ago=16,
        outcome=Outcome.REJECTED,
        words="Ces soins ont déjà été demandés : la première demande reste valable.",
        answered=14,
        reason="claimed-before",
    )


def _open(today: date) -> Iterator[Wish]:
    first = today - timedelta(41)
    sessions = _claim(
        "Clínica Roma Sur", _line(today, 41, "NURSING", "Kinésithérapie", "5400.00", count="6")
    )
    visit = _claim("Dra. Paloma Ibarra", _line(today, 6, "SPECIALIST", "Consultation", "1300.00"))
    yield Wish(
        "health-claim",
        sessions,
        ago=12,
        photos=_photos(sessions),
        asks=(
            Asked(
                piece="prescription",
                reason=AskReason.MISSING,
                words=f"Ordonnance du médecin. Datée d’avant le {_said(first)}, jour de la première"
                " séance. Une photo lisible suffit.",
            ),
        ),
    )
    yield Wish("health-claim", visit, ago=3, photos=_photos(visit))
    yield Wish(
        "prior-agreement",
        _planned(
            "Hospitalisation, arthroscopie du genou", "HOSPITAL", "68000.00", today + timedelta(3)
        ),
        ago=1,
    )
    yield Wish("health-claim", {"provider": "Laboratorio Polanco"}, ago=0, sent=False)


def _antibiotic(today: date) -> Answers:
    return _claim("Farmacia del Ángel", _line(today, 30, "PHARMACY", "Antibiotique", "640.00"))


def _glasses(today: date) -> Answers:
    return _claim(
        "Óptica Condesa",
        _line(today, 26, "OPTICAL", "Monture et verres", "7200.00"),
        _line(today, 26, "OPTICAL", "Étui et produit d’entretien", "350.00"),
    )


def _claim(provider: str, *lines: Answers) -> Answers:
    return {
        "provider": provider,
        "country": "MX",
        "cfe": "awaited",
        "agreement": "none",
        "accident": False,
        "lines": list(lines),
        "account": "to-come",
        "conditions": True,
    }


def _photos(claim: Answers, *more: str) -> tuple[Photo, ...]:
    """The invoice of a claim, its receipt, and what else is asked for with it."""
    (line,) = claim["lines"]
    said = (claim["provider"], _said(date.fromisoformat(line["day"])), line["act"])
    paid = f"{line['amount']['amount']} {line['amount']['currency']}"
    return (
        Photo("invoice", "Factura", (*said, paid, "Documento ficticio")),
        Photo("payment", "Recibo de pago", (claim["provider"], paid, "Documento ficticio")),
        *(Photo(one, "Receta", (*said[1:], "Documento ficticio")) for one in more),
    )


def _line(
    today: date, ago: int, category: str, act: str, amount: str, *, count: str = "1"
) -> Answers:
    return {
        "day": (today - timedelta(ago)).isoformat(),
        "category": category,
        "act": act,
        "count": count,
        "amount": {"amount": amount, "currency": "MXN"},
    }


def _planned(act: str, category: str, cost: str, first: date) -> Answers:
    return {
        "category": category,
        "act": act,
        "provider": "Hospital Ángeles del Valle, établissement fictif",
        "country": "MX",
        "first_day": first.isoformat(),
        "last_day": (first + timedelta(2)).isoformat(),
        "cost": {"amount": cost, "currency": "MXN"},
    }


def _said(day: date) -> str:
    return format_date(day, "d MMMM yyyy", locale="fr")
