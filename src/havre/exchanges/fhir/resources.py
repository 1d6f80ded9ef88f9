"""The few fields of FHIR R4 resources that we read, as structures that decode fast.

Shapes and names are those of https://hl7.org/fhir/R4/ ; a field that stands here without a default is
one that we cannot do without, and its absence refuses the resource. Everything else is skipped.
Dates stay texts, since FHIR lets them be partial ("1974") or instants with an offset.
"""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Raw, Struct

Words = Annotated[str, Meta(min_length=1)]


class _Fields(Struct, rename="camel", kw_only=True, frozen=True):
    """FHIR writes camelCase; fields that we don't know are not ours to judge."""


class Coding(_Fields, frozen=True):
    system: str | None = None
    code: str | None = None
    display: str | None = None


class Concept(_Fields, frozen=True):
    """A CodeableConcept: one idea, in words, in codes or in both."""

    coding: tuple[Coding, ...] = ()
    text: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(coding.code for coding in self.coding if coding.code)

    @property
    def words(self) -> str | None:
        """As its author put it for a reader: the text, else a display, else the bare code."""
        displays = (coding.display for coding in self.coding if coding.display)
        return self.text or next(displays, None) or next(iter(self.codes), None)


class Reference(_Fields, frozen=True):
    reference: str | None = None
    display: str | None = None


class Identifier(_Fields, frozen=True):
    system: str | None = None
    value: str | None = None
    type: Concept = Concept()


class Span(_Fields, frozen=True):
    """A FHIR Period."""

    start: str | None = None
    end: str | None = None


class FhirMoney(_Fields, frozen=True):
    """FHIR's Money. Its value is often finer than a cent."""

    value: Decimal | None = None
    currency: str | None = None


class ResourceMeta(_Fields, frozen=True):
    last_updated: str | None = None


class HumanName(_Fields, frozen=True):
    use: str | None = None
    family: str | None = None
    given: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    text: str | None = None


class ContactPoint(_Fields, frozen=True):
    system: str | None = None
    value: str | None = None
    rank: int = 1_000_000  # FHIR: the lowest rank is preferred, none comes last


class PostalAddress(_Fields, frozen=True):
    use: str | None = None
    line: tuple[str, ...] = ()
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class Communication(_Fields, frozen=True):
    language: Concept
    preferred: bool = False


class Patient(_Fields, frozen=True):
    id: str
    name: Annotated[tuple[HumanName, ...], Meta(min_length=1)]
    birth_date: str | None = None
    identifier: tuple[Identifier, ...] = ()
    telecom: tuple[ContactPoint, ...] = ()
    address: tuple[PostalAddress, ...] = ()
    communication: tuple[Communication, ...] = ()
    deceased_boolean: bool = False
    deceased_date_time: str | None = None
    meta: ResourceMeta = ResourceMeta()


class Organization(_Fields, frozen=True):
    id: str
    name: str | None = None
    address: tuple[PostalAddress, ...] = ()


class Practitioner(_Fields, frozen=True):
    id: str
    name: tuple[HumanName, ...] = ()
    address: tuple[PostalAddress, ...] = ()


class Coverage(_Fields, frozen=True):
    id: str
    status: Words
    beneficiary: Reference
    payor: Annotated[tuple[Reference, ...], Meta(min_length=1)]
    identifier: tuple[Identifier, ...] = ()
    type: Concept = Concept()
    period: Span = Span()


class Insurance(_Fields, frozen=True):
    coverage: Reference
    focal: bool = False


class Adjudication(_Fields, frozen=True):
    category: Concept
    amount: FhirMoney | None = None


class Item(_Fields, frozen=True):
    """One thing billed."""

    sequence: int
    product_or_service: Concept
    category: Concept = Concept()
    location_codeable_concept: Concept = Concept()
    serviced_date: str | None = None
    serviced_period: Span = Span()
    net: FhirMoney | None = None
    adjudication: tuple[Adjudication, ...] = ()


class Claim(_Fields, frozen=True):
    """What a provider asks for."""

    id: str
    status: Words
    use: Words
    type: Concept
    patient: Reference
    billable_period: Span = Span()
    provider: Reference = Reference()
    insurance: tuple[Insurance, ...] = ()
    item: tuple[Item, ...] = ()
    total: FhirMoney | None = None
    contained: tuple[Raw, ...] = ()


class Total(_Fields, frozen=True):
    category: Concept
    amount: FhirMoney


class Payee(_Fields, frozen=True):
    type: Concept = Concept()
    party: Reference = Reference()


class Payment(_Fields, frozen=True):
    date: str | None = None
    amount: FhirMoney | None = None
    identifier: Identifier | None = None


class ExplanationOfBenefit(_Fields, frozen=True):
    """What became of a claim: the nearest thing to a décompte."""

    id: str
    status: Words
    use: Words
    type: Concept
    patient: Reference
    created: Words
    billable_period: Span = Span()
    identifier: tuple[Identifier, ...] = ()
    insurer: Reference = Reference()
    provider: Reference = Reference()
    claim: Reference = Reference()
    insurance: tuple[Insurance, ...] = ()
    item: tuple[Item, ...] = ()
    total: tuple[Total, ...] = ()
    payee: Payee = Payee()
    payment: Payment = Payment()
    contained: tuple[Raw, ...] = ()


Resource = Patient | Organization | Practitioner | Coverage | Claim | ExplanationOfBenefit

READ: dict[str, type[Resource]] = {
    kind.__name__: kind
    for kind in (Patient, Organization, Practitioner, Coverage, Claim, ExplanationOfBenefit)
}
"""The resource types that we read, by FHIR's name."""
