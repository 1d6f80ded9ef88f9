"""Care that the demo's households have: what it is, for whom, and what it costs where they live."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Literal

from havre.journeys.loading.records import Bilingual, Category, Rate
from havre.project.demo.places import COUNTRIES, Country
from havre.project.demo.products import PLANS

Audience = Literal["ANYONE", "CHILD", "ADULT", "MOTHER"]


@dataclass(frozen=True)
class Act:
    """``low`` to ``high``: usual prices in France, in euros. The CFE's share is ``cfe_percent`` of the
    cost up to ``cfe_limit`` euros: 17.50 for a visit. ``leads_to``: what is often billed with it."""

    code: str
    guarantee: str
    name: Bilingual
    low: int
    high: int
    cfe_percent: int
    cfe_limit: Decimal
    weight: int
    audience: Audience = "ANYONE"
    leads_to: tuple[str, ...] = ()

    @property
    def category(self) -> Category:
        return PLANS["CONFORT"].guarantees[self.guarantee].category


# code | guarantee | French | English | low | high | CFE % | CFE limit | weight | audience | leads to
_TABLE = """
GP|GP|Consultation de médecin généraliste|General practitioner visit|30|60|70|17.50|26|ANYONE|MEDICINE
PAEDIATRICIAN|SPECIALIST|Consultation de pédiatre|Paediatrician visit|45|85|70|17.50|12|CHILD|MEDICINE
EYES|SPECIALIST|Consultation d’ophtalmologue|Ophthalmologist visit|60|125|70|17.50|6|ANYONE|GLASSES
SKIN|SPECIALIST|Consultation de dermatologue|Dermatologist visit|55|110|70|17.50|5|ADULT|MEDICINE
GYNAECOLOGIST|SPECIALIST|Consultation de gynécologue|Gynaecologist visit|55|110|70|17.50|5|MOTHER|BLOOD
PHYSIOTHERAPY|NURSING|Séance de kinésithérapie|Physiotherapy session|25|55|60|9.68|12|ADULT|
NURSE|NURSING|Soins infirmiers à domicile|Nursing at home|12|30|60|5.40|3|ANYONE|
MEDICINE|PHARMACY|Médicaments sur ordonnance|Prescribed medicine|12|70|30|40.00|14|ANYONE|
BLOOD|LABORATORY|Analyses de sang|Blood tests|35|110|40|26.00|9|ANYONE|
SCAN|LABORATORY|Échographie|Ultrasound scan|60|140|50|37.80|4|ADULT|
MRI|LABORATORY|Imagerie par résonance magnétique|Magnetic resonance imaging|220|420|35|69.00|2|ADULT|
GLASSES|OPTICAL|Monture et verres correcteurs|Frame and corrective lenses|180|460|3|0.12|3|ANYONE|
CARIES|DENTAL|Soin d’une carie|Filling|50|130|50|28.92|7|ANYONE|
SCALING|DENTAL|Détartrage|Scaling and polishing|40|90|50|20.24|6|ADULT|
CROWN|DENTURE|Couronne dentaire|Dental crown|450|900|15|75.25|2|ADULT|
BRACES|DENTURE|Orthodontie, un semestre|Orthodontics, six months|500|780|30|193.50|2|CHILD|
VACCINE|PREVENTION|Vaccin|Vaccine|20|75|0|0|7|ANYONE|
CHECK_UP|PREVENTION|Bilan de santé|Health check|90|220|0|0|2|ADULT|
OSTEOPATHY|COMPLEMENTARY|Séance d’ostéopathie|Osteopathy session|40|75|0|0|6|ADULT|
BIRTH|MATERNITY|Accouchement|Delivery|2200|4200|40|1500|0|MOTHER|
PREGNANCY|MATERNITY|Suivi de grossesse|Antenatal care|60|140|70|23.00|2|MOTHER|
DAY_SURGERY|DAY_CARE|Chirurgie de jour|Day surgery|700|1900|40|640.00|1|ANYONE|MEDICINE
OPERATION|STAY|Séjour avec chirurgie|Hospital stay with surgery|2400|7800|40|2600.00|1|ANYONE|AMBULANCE
AMBULANCE|TRANSPORT|Ambulance|Ambulance|70|190|40|55.00|0|ANYONE|
"""


def _act(line: str) -> Act:
    code, guarantee, fr, en, low, high, percent, limit, weight, audience, leads_to = line.split("|")
    return Act(
        code=code,
        guarantee=guarantee,
        name=Bilingual(fr=fr, en=en),
        low=int(low),
        high=int(high),
        cfe_percent=int(percent),
        cfe_limit=Decimal(limit).quantize(Decimal("0.01")),
        weight=int(weight),
        audience=audience,  # type: ignore[arg-type]
        leads_to=tuple(leads_to.split()),
    )


ACTS: dict[str, Act] = {act.code: act for act in map(_act, _TABLE.strip().splitlines())}


def suits(act: Act, *, age: int, woman: bool) -> bool:
    match act.audience:
        case "CHILD":
            return age < 16
        case "ADULT":
            return age >= 18
        case "MOTHER":
            return woman and 20 <= age <= 44
        case _:
            return True


def some_act(rng: Random, *, age: int, woman: bool) -> Act:
    acts = [act for act in ACTS.values() if act.weight and suits(act, age=age, woman=woman)]
    return rng.choices(acts, [act.weight for act in acts])[0]


def local_price(rng: Random, act: Act, country: Country) -> Decimal:
    """What it cost in the country's currency, a multiple of the step prices go by there."""
    euros = Decimal(rng.randint(act.low * 100, act.high * 100)) / 100
    steps = euros * country.cost * country.per_euro / country.step
    return max(Decimal(1), steps.quantize(Decimal(1), ROUND_HALF_UP)) * country.step


_PER_EURO = {country.currency: country.per_euro for country in COUNTRIES.values()}
_FIXED = {"XOF", "XPF"}  # pegged to the euro by law
PUBLISHED_BY_ECB = frozenset(
    (
        "AUD",
        "BRL",
        "CAD",
        "CHF",
        "GBP",
        "HKD",
        "INR",
        "JPY",
        "MXN",
        "NZD",
        "SGD",
        "THB",
        "USD",
        "ZAR",
    )
)
_SOURCES = {
    "FIXED": Bilingual(fr="parité fixe", en="fixed parity"),
    "ECB": Bilingual(fr="BCE", en="ECB"),
    "INSURER": Bilingual(fr="taux de l’assureur", en="insurer’s rate"),
}
_SIGNIFICANT = 8


def rate(*, spent: str, contract: str, day: date) -> Rate | None:
    """The rate of the day care was given, ``None`` when nothing is to be converted.

    Published rates are those of the last working day. Eight significant digits.
    """
    if spent == contract:
        return None
    published = working_day_before(day)
    value = per_euro(contract, published) / per_euro(spent, published)
    return Rate(
        value=value.quantize(Decimal(1).scaleb(value.adjusted() - _SIGNIFICANT + 1)).normalize(),
        source=_SOURCES[_source(spent, contract)],
        day=published,
    )


def _source(spent: str, contract: str) -> str:
    foreign = {spent, contract} - {"EUR"}
    if foreign <= _FIXED:
        return "FIXED"
    return "ECB" if foreign <= PUBLISHED_BY_ECB else "INSURER"


def per_euro(currency: str, day: date) -> Decimal:
    """Drifts by up to two per cent around its usual value, anew each week."""
    if currency == "EUR" or currency in _FIXED:
        return _PER_EURO[currency]
    week = day.toordinal() // 7
    drift = (week * 17 + sum(map(ord, currency)) * 29) % 41 - 20
    return _PER_EURO[currency] * (1000 + drift) / 1000


def working_day_before(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def working_day_after(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
