"""What the demo's insurer sells: two products, six formulas, and the guarantees that settle its claims.

The guarantee table a member reads is written from the same figures that settle the demo's care lines,
so that no reason on a statement contradicts the table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from babel.numbers import format_currency, format_decimal

from havre.journeys.loading.records import (
    Bilingual,
    Category,
    Ceiling,
    Formula,
    GuaranteeShown,
)

Scheme = Literal["CFE_COMPLEMENT", "FIRST_EURO"]
Prior = Literal["NO", "YES", "ABOVE"]
NO_BREAK = "\N{NO-BREAK SPACE}"
DEDUCTIBLE_CLAUSE = "11.2"

UNITS = {
    "visit": Bilingual(fr="consultation", en="visit"),
    "session": Bilingual(fr="séance", en="session"),
    "pregnancy": Bilingual(fr="grossesse", en="pregnancy"),
}
WINDOWS = {
    12: Bilingual(fr="par an", en="a year"),
    24: Bilingual(fr="tous les 24 mois", en="every 24 months"),
}


def money_in_words(amount: Decimal, currency: str, language: str) -> str:
    """``1 500,00 €`` or ``€1,500.00``; other currencies than the euro by their code."""
    locale = "fr" if language == "fr" else "en_GB"
    if currency == "EUR":
        return format_currency(amount, currency, locale=locale).replace("\u202f", NO_BREAK)
    number = format_decimal(amount, format="#,##0.00", locale=locale).replace("\u202f", NO_BREAK)
    return NO_BREAK.join((number, currency) if language == "fr" else (currency, number))


@dataclass(frozen=True)
class Guarantee:
    """One guarantee of one formula. Limits are in the formula's currency and count for one person."""

    code: str
    category: Category
    label: Bilingual
    clause: str
    percent: int = 100
    per_act: Decimal | None = None
    per_window: Decimal | None = None
    months: int = 12
    acts: int | None = None
    unit: str = "visit"
    extra: Bilingual | None = None
    waiting: int | None = None
    prior: Prior | None = None
    prior_above: Decimal | None = None

    def shown(self, currency: str, *, with_cfe: bool) -> GuaranteeShown:
        text = Bilingual(
            fr=self._text(currency, "fr", with_cfe=with_cfe),
            en=self._text(currency, "en", with_cfe=with_cfe),
        )
        return GuaranteeShown(
            category=self.category,
            label=self.label,
            text=text,
            code=self.code,
            percent=self.percent,
            ceilings=tuple(self._ceilings()),
            waiting_months=self.waiting,
            prior_agreement=self.prior,
            prior_agreement_above=self.prior_above,
        )

    def _ceilings(self) -> Iterator[Ceiling]:
        if self.per_act is not None:
            yield Ceiling(per="ACT", amount=self.per_act)
        if self.per_window is not None:
            yield Ceiling(per="YEAR" if self.months == 12 else "MONTHS_24", amount=self.per_window)
        if self.acts is not None:
            yield Ceiling(per="YEAR", count=self.acts, unit="SESSION")

    def _text(self, currency: str, language: str, *, with_cfe: bool) -> str:
        french = language == "fr"
        percent = (
            f"{self.percent}{NO_BREAK}% des frais réels"
            if french
            else f"{self.percent}% of actual cost"
        )
        parts = [percent]
        if self.per_act is not None:
            unit = getattr(UNITS[self.unit], language)
            limit = money_in_words(self.per_act, currency, language)
            parts.append(f"jusqu’à {limit} par {unit}" if french else f"up to {limit} a {unit}")
        if self.per_window is not None:
            window = getattr(WINDOWS[self.months], language)
            limit = money_in_words(self.per_window, currency, language)
            parts.append(f"jusqu’à {limit} {window}" if french else f"up to {limit} {window}")
        if self.acts is not None:
            parts.append(
                f"{self.acts} séances par an" if french else f"{self.acts} sessions a year"
            )
        if with_cfe:
            parts.append("CFE comprise" if french else "CFE included")
        if self.extra is not None:
            parts.append(getattr(self.extra, language))
        return ", ".join(parts)


@dataclass(frozen=True)
class Plan:
    """A formula with what settles its claims. ``deductible`` is for one person and calendar year."""

    product: str
    code: str
    currency: str
    scheme: Scheme
    collective: bool
    name: Bilingual
    deductible: Decimal
    overall: Decimal
    guarantees: dict[str, Guarantee]

    def record(self) -> Formula:
        with_cfe = self.scheme == "CFE_COMPLEMENT"
        return Formula(
            product=self.product,
            product_name=_PRODUCTS[self.product],
            code=self.code,
            name=self.name,
            guarantees=tuple(
                guarantee.shown(self.currency, with_cfe=with_cfe)
                for guarantee in self.guarantees.values()
            ),
            currency=self.currency,
            ceilings_count="WITH_PRIMARY" if with_cfe else "REIMBURSED",
            overall_ceiling=self.overall,
        )


_PRODUCTS = {
    "ESCALE": Bilingual(fr="Escale", en="Escale"),
    "CAP": Bilingual(fr="Cap Entreprise", en="Cap Enterprise"),
}
_OVERALL = (400_000, 800_000, 2_400_000, 1_600_000, 800_000, 2_400_000)
# product, formula, currency, scheme, collective, deductible, name in French and English
_PLANS: tuple[tuple[str, str, str, Scheme, bool, int, str, str], ...] = (
    (
        "ESCALE",
        "ESSENTIEL",
        "EUR",
        "FIRST_EURO",
        False,
        350,
        "Escale Essentiel",
        "Escale Essential",
    ),
    ("ESCALE", "CONFORT", "EUR", "CFE_COMPLEMENT", False, 0, "Escale Confort", "Escale Comfort"),
    ("ESCALE", "HORIZON", "EUR", "FIRST_EURO", False, 0, "Escale Horizon", "Escale Horizon"),
    ("ESCALE", "LEMAN", "CHF", "FIRST_EURO", False, 350, "Escale Léman", "Escale Léman"),
    ("CAP", "EQUIPE", "EUR", "CFE_COMPLEMENT", True, 0, "Cap Équipe", "Cap Team"),
    ("CAP", "MONDE", "USD", "FIRST_EURO", True, 0, "Cap Monde", "Cap World"),
)

_LENSES = Bilingual(fr="monture et verres", en="frame and lenses")
_PRESCRIBED = Bilingual(fr="sur ordonnance", en="on prescription")

_Figures = tuple[int | None, ...]
_FULL: _Figures = (None,) * 6


@dataclass(frozen=True)
class _Row:
    """A guarantee over all formulas, each tuple in the order of ``_PLANS``."""

    code: str
    category: Category
    fr: str
    en: str
    clause: str
    percent: _Figures = _FULL
    per_act: _Figures = _FULL
    per_window: _Figures = _FULL
    acts: _Figures = _FULL
    unit: str = "visit"
    months: int = 12
    extra: Bilingual | None = None
    waiting: int | None = None
    prior: Prior | None = None
    prior_above: _Figures = _FULL

    def of(self, plan: int) -> Guarantee:
        percent = self.percent[plan]
        return Guarantee(
            code=self.code,
            category=self.category,
            label=Bilingual(fr=self.fr, en=self.en),
            clause=self.clause,
            percent=100 if percent is None else percent,
            per_act=_amount(self.per_act[plan]),
            per_window=_amount(self.per_window[plan]),
            months=self.months,
            acts=self.acts[plan],
            unit=self.unit,
            extra=self.extra,
            waiting=self.waiting,
            prior=self.prior,
            prior_above=_amount(self.prior_above[plan]),
        )


def _in_cents(figure: int) -> Decimal:
    return Decimal(figure).quantize(Decimal("0.01"))


def _amount(figure: int | None) -> Decimal | None:
    return None if figure is None else _in_cents(figure)


# Columns:        ESSENTIEL, CONFORT, HORIZON, LEMAN, EQUIPE, MONDE
_ROWS = (
    _Row("STAY", "HOSPITAL", "Séjour et chirurgie", "Stay and surgery", "12.1",
         percent=(80, 100, 100, 100, 100, 100), prior="YES"),
    _Row("DAY_CARE", "HOSPITAL", "Hospitalisation de jour", "Day care", "12.1",
         percent=(80, 100, 100, 90, 100, 100), prior="YES"),
    _Row("GP", "GENERAL_PRACTITIONER", "Médecin généraliste", "General practitioner", "12.2",
         per_act=(50, 80, None, 130, 80, 130)),
    _Row("SPECIALIST", "SPECIALIST", "Médecin spécialiste", "Specialist", "12.3",
         per_act=(80, 110, None, 180, 110, 180)),
    _Row("NURSING", "NURSING", "Kinésithérapie et soins infirmiers", "Physiotherapy and nursing", "12.4",
         percent=(80, 100, 100, 90, 90, 100), acts=(12, 20, 40, 24, 20, 30), unit="session",
         extra=_PRESCRIBED),
    _Row("PHARMACY", "PHARMACY", "Pharmacie", "Pharmacy", "12.5",
         percent=(80, 90, 100, 90, 90, 90), extra=_PRESCRIBED),
    _Row("LABORATORY", "LABORATORY", "Analyses et imagerie", "Laboratory and imaging", "12.6",
         percent=(80, 100, 100, 100, 90, 100), extra=_PRESCRIBED),
    _Row("OPTICAL", "OPTICAL", "Optique", "Optical", "13.1",
         per_window=(150, 250, 450, 400, 250, 400), months=24, extra=_LENSES,
         waiting=6),
    _Row("DENTAL", "DENTAL", "Soins dentaires", "Dental care", "13.2",
         percent=(70, 80, 100, 80, 80, 90), waiting=3),
    _Row("DENTURE", "DENTAL", "Prothèses et orthodontie", "Dentures and orthodontics", "13.3",
         per_window=(600, 1500, 3000, 2000, 1200, 2000), waiting=6, prior="ABOVE",
         prior_above=(500, 500, 800, 600, 500, 800)),
    _Row("MATERNITY", "MATERNITY", "Maternité", "Maternity", "14.1",
         per_window=(3000, 6000, 9000, 8000, 5000, 10000), waiting=10),
    _Row("PREVENTION", "PREVENTION", "Prévention et vaccins", "Prevention and vaccines", "14.2",
         per_window=(80, 150, 300, 200, 150, 250)),
    _Row("COMPLEMENTARY", "COMPLEMENTARY", "Médecines douces", "Complementary medicine", "14.3",
         per_act=(25, 40, 60, 60, 30, 50), acts=(3, 5, 8, 5, 4, 5), unit="session"),
    _Row("TRANSPORT", "TRANSPORT", "Ambulance", "Ambulance", "14.4"),
)  # fmt: skip

PLANS: dict[str, Plan] = {
    code: Plan(
        product=product,
        code=code,
        currency=currency,
        scheme=scheme,
        collective=collective,
        name=Bilingual(fr=fr, en=en),
        deductible=_in_cents(deductible),
        overall=_in_cents(_OVERALL[index]),
        guarantees={row.code: row.of(index) for row in _ROWS},
    )
    for index, (product, code, currency, scheme, collective, deductible, fr, en) in enumerate(
        _PLANS
    )
}

# Options that any contract may take: code, name, and how many contracts in a hundred have it.
OPTIONS: tuple[tuple[str, Bilingual, int], ...] = (
    (
        "ASSISTANCE",
        Bilingual(fr="Assistance et rapatriement", en="Assistance and repatriation"),
        55,
    ),
    ("LIABILITY", Bilingual(fr="Responsabilité civile vie privée", en="Private liability"), 30),
    ("LEGAL", Bilingual(fr="Protection juridique", en="Legal protection"), 12),
)
