"""The countries where the demo's households live: towns, currencies, prices, and invented addresses."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Literal

Continent = Literal["EUROPE", "ASIA", "AFRICA", "NORTH AMERICA", "SOUTH AMERICA", "OCEANIA"]
Tongue = Literal["fr", "en", "es", "pt", "de", "vi", "ja"]


@dataclass(frozen=True)
class Country:
    """``per_euro``: units of the local currency for a euro, about; ``step``: what local prices are
    multiples of; ``cost``: what care costs there against a French price; ``origins``: of local names."""

    code: str
    continent: Continent
    currency: str
    per_euro: Decimal
    step: Decimal
    cost: Decimal
    zone: int
    tongue: Tongue
    cities: tuple[tuple[str, str | None], ...]
    origins: tuple[str, ...]


def _country(line: str) -> Country:
    code, continent, currency, per_euro, step, cost, zone, tongue, cities, origins = (
        field.strip() for field in line.split("|")
    )
    towns = (town.strip().partition("=") for town in cities.split(","))
    return Country(
        code=code,
        continent=continent,  # type: ignore[arg-type]
        currency=currency,
        per_euro=Decimal(per_euro),
        step=Decimal(step),
        cost=Decimal(cost),
        zone=int(zone),
        tongue=tongue,  # type: ignore[arg-type]
        cities=tuple((name, postal or None) for name, _, postal in towns),
        origins=tuple(origin.strip() for origin in origins.split(",")),
    )


# code | continent | currency | units for a euro | step of prices | cost | zone | language of the
# streets | towns=postal codes | origins of local names
_TABLE = """
MX|NORTH AMERICA|MXN|20.80|10|0.9|3|es|Ciudad de México=03100, Puebla=72000, Guadalajara=44100|latin american
CA|NORTH AMERICA|CAD|1.52|1|1.8|4|fr|Montréal=H2X 1Y4, Québec=G1R 2L3|canadian, british
US|NORTH AMERICA|USD|1.09|1|4.0|5|en|Boston=02116, Houston=77002, Miami=33130|british, latin american
CR|NORTH AMERICA|CRC|560|500|1.1|3|es|San José=10101|latin american
PE|SOUTH AMERICA|PEN|4.08|5|0.7|2|es|Lima=15046, Arequipa=04001|latin american
BR|SOUTH AMERICA|BRL|5.95|10|0.9|3|pt|São Paulo=01310-100, Recife=50030-230|portuguese
CL|SOUTH AMERICA|CLP|1020|500|0.9|3|es|Santiago=8320000|latin american
CO|SOUTH AMERICA|COP|4480|1000|0.7|2|es|Bogotá=110111, Medellín=050021|latin american
SN|AFRICA|XOF|655.957|500|0.6|1|fr|Dakar=12500, Saint-Louis=32000|west african
CI|AFRICA|XOF|655.957|500|0.6|1|fr|Abidjan|west african
MA|AFRICA|MAD|10.80|10|0.6|1|fr|Casablanca=20250, Rabat=10000|maghrebi
TN|AFRICA|TND|3.38|1|0.5|1|fr|Tunis=1002|maghrebi
KE|AFRICA|KES|140|50|0.7|2|en|Nairobi=00100, Mombasa=80100|east african
ZA|AFRICA|ZAR|19.80|10|0.7|2|en|Cape Town=8001, Durban=4001|british, east african
MG|AFRICA|MGA|4900|1000|0.4|1|fr|Antananarivo=101|west african
SG|ASIA|SGD|1.45|1|2.0|4|en|Singapore=238801|chinese, south asian
VN|ASIA|VND|27000|10000|0.7|2|vi|Hà Nội=100000, Đà Nẵng=550000|vietnamese
AE|ASIA|AED|4.00|5|2.0|4|en|Dubai, Abu Dhabi|levantine, south asian
JP|ASIA|JPY|163|100|1.2|3|ja|Tokyo=106-0032, Osaka=530-0001|japanese
LB|ASIA|USD|1.09|1|0.9|3|fr|Beirut=1107|levantine
IN|ASIA|INR|91|50|0.5|2|en|Pondicherry=605001, Bengaluru=560001|south asian
HK|ASIA|HKD|8.50|10|2.2|4|en|Hong Kong|chinese
TH|ASIA|THB|38.5|50|0.8|2|en|Bangkok=10110, Chiang Mai=50200|chinese
GB|EUROPE|GBP|0.85|1|1.7|4|en|London=SW7 2AP, Bristol=BS1 4DJ|british
DE|EUROPE|EUR|1|1|1.3|3|de|Berlin=10115, Hamburg=20095|germanic
PT|EUROPE|EUR|1|1|0.9|2|pt|Lisboa=1200-109, Porto=4000-322|portuguese
ES|EUROPE|EUR|1|1|1.0|2|es|Madrid=28013, Valencia=46002|latin american
CH|EUROPE|CHF|0.95|1|2.4|3|fr|Genève=1204, Lausanne=1003|germanic, french
RS|EUROPE|RSD|117|50|0.6|1|en|Belgrade=11000|germanic
AU|OCEANIA|AUD|1.64|1|1.5|4|en|Sydney=2000, Melbourne=3000, Perth=6000|british, chinese
NZ|OCEANIA|NZD|1.79|1|1.4|3|en|Auckland=1010|british, oceanian
NC|OCEANIA|XPF|119.332|50|1.3|3|fr|Nouméa=98800|oceanian, french
VU|OCEANIA|VUV|129|50|0.8|2|fr|Port-Vila|oceanian
"""

COUNTRIES: dict[str, Country] = {
    country.code: country for country in map(_country, _TABLE.strip().splitlines())
}
# Where a member may be cared for on a visit, besides the country of residence.
FRANCE = _country("FR|EUROPE|EUR|1|1|1.0|3|fr|Lyon=69002, Nantes=44000|french")

_STREETS: dict[Tongue, tuple[str, ...]] = {
    "fr": ("{n} rue des Amandiers", "{n} avenue du Vieux-Phare", "{n} impasse des Palétuviers"),
    "en": ("{n} Lighthouse Lane", "{n} Tamarind Road", "{n} Old Ferry Street"),
    "es": ("Calle Los Sauces {n}", "Avenida del Faro {n}", "Pasaje Las Gaviotas {n}"),
    "pt": ("Rua das Andorinhas, {n}", "Travessa do Farol, {n}", "Rua dos Ipês, {n}"),
    "de": ("Lindenhofweg {n}", "Am Alten Leuchtturm {n}", "Möwenstieg {n}"),
    "vi": ("{n} Đường Hoa Sữa", "{n} Ngõ Hải Đăng", "{n} Đường Cây Bàng"),
    "ja": ("2-{n} Hamakaze-cho", "3-{n} Todaimae", "1-{n} Kamome-dori"),
}
_HOSPITALS: dict[Tongue, tuple[str, ...]] = {
    "fr": ("Clinique du Vieux-Phare", "Hôpital des Amandiers"),
    "en": ("Lighthouse Hospital", "Tamarind Bay Medical Centre"),
    "es": ("Clínica del Faro", "Hospital Los Sauces"),
    "pt": ("Hospital das Andorinhas", "Clínica do Farol"),
    "de": ("Klinik am Leuchtturm", "Lindenhof-Krankenhaus"),
    "vi": ("Bệnh viện Hải Đăng", "Phòng khám Hoa Sữa"),
    "ja": ("Hamakaze Hospital", "Todaimae Clinic"),
}
_SHOPS: dict[Tongue, tuple[str, str, str]] = {  # pharmacy, laboratory, optician
    "fr": ("Pharmacie des Alizés", "Laboratoire de la Baie", "Optique du Port"),
    "en": ("Trade Wind Pharmacy", "Bayside Laboratory", "Harbour Opticians"),
    "es": ("Farmacia Los Alisios", "Laboratorio de la Bahía", "Óptica del Puerto"),
    "pt": ("Farmácia dos Alísios", "Laboratório da Baía", "Ótica do Porto"),
    "de": ("Passat-Apotheke", "Labor an der Bucht", "Hafenoptik"),
    "vi": ("Nhà thuốc Gió Mùa", "Xét nghiệm Vịnh Xanh", "Kính mắt Bến Cảng"),
    "ja": ("Shiokaze Pharmacy", "Irie Laboratory", "Minato Opticians"),
}
_DOCTORS: dict[Tongue, str] = {"es": "Dr. {name}", "pt": "Dr. {name}", "de": "Dr. {name}"}


def street(rng: Random, country: Country) -> str:
    return rng.choice(_STREETS[country.tongue]).format(n=rng.randint(1, 240))


def hospital(rng: Random, country: Country) -> str:
    return rng.choice(_HOSPITALS[country.tongue])


def shop(country: Country, category: str) -> str:
    """Where medicine, tests or glasses are bought."""
    pharmacy, laboratory, optician = _SHOPS[country.tongue]
    return {"PHARMACY": pharmacy, "LABORATORY": laboratory, "OPTICAL": optician}[category]


def doctor(country: Country, name: str) -> str:
    return _DOCTORS.get(country.tongue, "Dr {name}").format(name=name)
