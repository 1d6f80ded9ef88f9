"""A few fictional records that load as they stand: a start for whoever writes a feed.

The social security number is that of the specimen card, the bank account a documented example, the
telephone number one that is kept free for fiction, the addresses are of ``example.org``.
"""

from datetime import date
from decimal import Decimal

from havre.journeys.loading.records import (
    Address,
    BankAccount,
    Bilingual,
    Ceiling,
    Company,
    Contract,
    Cover,
    Formula,
    GuaranteeShown,
    Intermediary,
    Kind,
    Line,
    Option,
    Person,
    Rate,
    Record,
    Spent,
    Transfer,
)

_SOURCE = "MANAGEMENT"
_HOUSEHOLD = "H-1001"
_HOLDER = "P-1001"
_SPOUSE = "P-1002"
_CONTRACT = "K-1001"
_START = date(2024, 1, 1)


def sample(kind: Kind) -> tuple[Record, ...]:
    """Records of every type of the kind. The statements speak of the members: load those first."""
    return _members() if kind == "members" else _statements()


def _members() -> tuple[Record, ...]:
    return (
        _formula(),
        Company(source=_SOURCE, external_id="E-1", name="Atelier Fictif", siren="732829320"),
        Intermediary(source=_SOURCE, external_id="I-1", name="Courtage Fictif"),
        _holder(),
        Person(
            source=_SOURCE,
            external_id=_SPOUSE,
            household=_HOUSEHOLD,
            family_name="Exemple",
            first_name="Lucien",
            link="SPOUSE",
            birth_date=date(1971, 9, 14),
            adherent_number="EX-1002",
        ),
        BankAccount(
            source=_SOURCE,
            external_id="B-1001",
            household=_HOUSEHOLD,
            person=_HOLDER,
            currency="EUR",
            account_name="Nathalie Exemple",
            iban="FR7630006000011234567890189",
        ),
        _contract(),
    )


def _formula() -> Formula:
    return Formula(
        product="HORIZON",
        product_name=Bilingual(fr="Horizon", en="Horizon"),
        code="COMFORT",
        name=Bilingual(fr="Confort", en="Comfort"),
        guarantees=(
            GuaranteeShown(
                category="GENERAL_PRACTITIONER",
                label=Bilingual(fr="Consultation", en="Consultation"),
                text=Bilingual(fr="Frais réels, 80 € au plus", en="Actual cost, up to €80"),
                code="GP",
                percent=100,
                ceilings=(Ceiling(per="ACT", amount=Decimal("80.00")),),
            ),
        ),
        currency="EUR",
        overall_ceiling=Decimal("800000.00"),
    )


def _holder() -> Person:
    return Person(
        source=_SOURCE,
        external_id=_HOLDER,
        household=_HOUSEHOLD,
        family_name="Exemple",
        first_name="Nathalie",
        link="HOLDER",
        birth_date=date(1969, 5, 2),
        adherent_number="EX-1001",
        nir="269054958815780",
        email="nathalie.exemple@example.org",
        phone="+33 1 99 00 12 34",
        address=Address(
            lines=("12 chemin de l’Exemple",), city="Hanoï", country="VN", postal_code="100000"
        ),
        language="fr",
        expatriation_country="VN",
    )


def _contract() -> Contract:
    return Contract(
        source=_SOURCE,
        external_id=_CONTRACT,
        household=_HOUSEHOLD,
        number="2024-000101",
        kind="COLLECTIVE",
        scheme="CFE_COMPLEMENT",
        currency="EUR",
        product="HORIZON",
        formula="COMFORT",
        title="Santé des expatriés",
        employer="E-1",
        intermediary="I-1",
        zone=2,
        start=_START,
        options=(
            Option(
                code="REPAT",
                name=Bilingual(fr="Rapatriement", en="Repatriation"),
                start=_START,
                end=date(2025, 12, 31),
            ),
        ),
        covers=(Cover(person=_HOLDER, start=_START), Cover(person=_SPOUSE, start=_START)),
    )


def _statements() -> tuple[Record, ...]:
    return (
        Transfer(
            source=_SOURCE,
            external_id="T-1001",
            household=_HOUSEHOLD,
            reference="VIR 2025 000731",
            settled_on=date(2025, 3, 18),
            payee="MEMBER",
            payee_name="Nathalie Exemple",
            iban="FR7630006000011234567890189",
            currency="EUR",
            total=Decimal("33.90"),
        ),
        _line_abroad(),
        Line(
            source=_SOURCE,
            external_id="L-1002",
            household=_HOUSEHOLD,
            person=_SPOUSE,
            claim="C-1002",
            care_date=date(2025, 3, 7),
            category="PHARMACY",
            act="Médicaments sur ordonnance",
            currency="EUR",
            transfer="T-1001",
            contract=_CONTRACT,
            spent=Spent(amount=Decimal("21.40"), currency="EUR"),
            primary_share=Decimal("7.50"),
            reimbursed=Decimal("13.90"),
            left_to_pay=Decimal("0.00"),
        ),
    )


def _line_abroad() -> Line:
    return Line(
        source=_SOURCE,
        external_id="L-1001",
        household=_HOUSEHOLD,
        person=_HOLDER,
        claim="C-1001",
        care_date=date(2025, 3, 4),
        category="GENERAL_PRACTITIONER",
        act=Bilingual(fr="Consultation de médecin généraliste", en="General practitioner visit"),
        currency="EUR",
        transfer="T-1001",
        contract=_CONTRACT,
        provider="Cabinet fictif du Lac",
        country="VN",
        spent=Spent(amount=Decimal(1200000), currency="VND"),
        rate=Rate(value=Decimal("0.0000375"), source="ECB", day=date(2025, 3, 4)),
        converted=Decimal("45.00"),
        primary_share=Decimal("17.50"),
        guarantee="Frais réels, 80 € au plus",
        deductible=Decimal("7.50"),
        reimbursed=Decimal("20.00"),
        left_to_pay=Decimal("7.50"),
        reason=Bilingual(
            fr="La franchise annuelle reste à votre charge",
            en="The yearly deductible is left to pay",
        ),
        clause="Article 12",
    )
