"""What stands around an explanation or a claim, its references resolved: patient, payor, provider."""

from dataclasses import dataclass

from havre.exchanges.fhir.files import Found
from havre.exchanges.fhir.mapping.people import home_country
from havre.exchanges.fhir.mapping.statements import Care
from havre.exchanges.fhir.mapping.values import Unreadable, country, cut, full_name
from havre.exchanges.fhir.references import Known, last_part
from havre.exchanges.fhir.resources import (
    Claim,
    Coverage,
    ExplanationOfBenefit,
    Organization,
    Patient,
    Practitioner,
    Reference,
)

_NOBODY = "unknown"  # what Synthea writes for a provider that it does not name


@dataclass(frozen=True)
class Surroundings:
    """Answers about one command's resources."""

    known: Known
    source: str

    def patient(self, reference: Reference, field: str, holder: Found) -> Patient:
        """The patient meant. Refuses ``Unreadable`` one who is in none of the files."""
        patient = self.known.resource(reference, Patient, holder)
        if patient is None:
            raise Unreadable(
                field, f"{reference.reference or 'the patient'} is in none of the files"
            )
        return patient

    def coverage(self, resource: Claim | ExplanationOfBenefit, holder: Found) -> Found | None:
        """The Coverage that the claim was made under, where it is a resource and not only a name."""
        found = self.known.find(self._insurance(resource), holder)
        return found if found and isinstance(found.resource, Coverage) else None

    def payor(self, coverage: Coverage, holder: Found) -> str:
        """The first payor's name. Refuses ``Unreadable`` one that nothing names."""
        reference = coverage.payor[0]
        name = self._name(reference, holder) or last_part(reference)
        if not name:
            raise Unreadable("payor", "names nobody")
        return cut(name)

    def payor_named(self, resource: Claim | ExplanationOfBenefit, holder: Found) -> str | None:
        """The payor that a claim or an explanation names without a Coverage."""
        named = self._insurance(resource).display
        if named is None and isinstance(resource, ExplanationOfBenefit):
            named = self._name(resource.insurer, holder)
        return cut(named) if named else None

    def claim_of(self, resource: Claim | ExplanationOfBenefit, holder: Found) -> str | None:
        """The id of the claim, or of the one that is explained, whether or not it stands in the files."""
        if isinstance(resource, Claim):
            return resource.id
        claim = self.known.resource(resource.claim, Claim, holder)
        return claim.id if claim else last_part(resource.claim)

    def care(
        self, resource: Claim | ExplanationOfBenefit, holder: Found, contract: str | None
    ) -> Care:
        patient = self.patient(resource.patient, "patient", holder)
        party = resource.payee.party if isinstance(resource, ExplanationOfBenefit) else Reference()
        return Care(
            source=self.source,
            patient=patient.id,
            claim=self.claim_of(resource, holder) or resource.id,
            contract=contract,
            provider=self._name(resource.provider, holder),
            country=self._provider_country(resource.provider, holder) or home_country(patient),
            payee_name=self._name(party, holder),
        )

    def _insurance(self, resource: Claim | ExplanationOfBenefit) -> Reference:
        """The coverage that the claim is judged by (``focal``), else the first named."""
        by_focus = sorted(resource.insurance, key=lambda one: not one.focal)
        return by_focus[0].coverage if by_focus else Reference()

    def _name(self, reference: Reference, holder: Found) -> str | None:
        found = self.known.find(reference, holder)
        match found.resource if found else None:
            case Organization(name=name) if name:
                return cut(name)
            case Practitioner(name=names) | Patient(name=names) if names:
                return cut(full_name(names[0]) or "") or None
        display = reference.display
        return cut(display) if display and display.casefold() != _NOBODY else None

    def _provider_country(self, reference: Reference, holder: Found) -> str | None:
        found = self.known.find(reference, holder)
        match found.resource if found else None:
            case Organization(address=addresses) | Practitioner(address=addresses):
                return next(filter(None, map(country, addresses)), None)
        return None
