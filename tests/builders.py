"""Fictional rows, put straight into the tables as their owner. Call them outside ``acting_as``."""

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from havre.commons.accounts.models import Account, CodeApp, Passkey, RecoveryCode
from havre.commons.content.models import LegalText
from havre.commons.content.queries import forget_terms_version
from havre.commons.documents.actions import store
from havre.commons.documents.models import Document
from havre.domains.certificates.actions import birth_digest, token_digest
from havre.domains.certificates.models import Certificate
from havre.domains.contracts.models import Contract, ContractOption, ContractVersion, Cover
from havre.domains.health.models import Line, Transfer
from havre.domains.payments.models import BankAccount
from havre.domains.payments.queries import number_index
from havre.domains.people.models import (
    Company,
    Directory,
    Household,
    Intermediary,
    Membership,
    Person,
    Sharing,
)
from havre.domains.pricing.models import TariffLine
from havre.domains.products.models import Formula, Guarantee
from havre.foundation.crypto import Place, provisional_key, secret_digest, vault
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.identifiers import adherent_key, mask_iban
from havre.foundation.ids import new_id
from havre.foundation.names import sort_key
from tests.database import acting_as

BUILDER = Actor(name="tests", channel=Channel.COMMAND, purpose="build")
IBAN = "FR7630006000011234567890189"  # the example of the French banks' own leaflet
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)


def _saved(row: Any) -> Any:
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        row.save(force_insert=True)
    return row


def a_household(*, source: str = "S", external_id: str | None = None) -> UUID:
    """A household with nobody in it yet."""
    row_id = new_id()
    _saved(Household(id=row_id, source=source, external_id=external_id or f"H-{row_id}"))
    return row_id


def a_person(*, household: UUID, **changes: Any) -> Person:
    row_id = new_id()
    fields: dict[str, Any] = {
        "id": row_id,
        "household_id": household,
        "source": "S",
        "external_id": f"P-{row_id}",
        "family_name": "Exemple",
        "first_name": "Nathalie",
        "birth_date": date(1969, 5, 2),
    }
    fields |= changes
    fields.setdefault("sort_key", sort_key(f"{fields['family_name']} {fields['first_name']}"))
    person: Person = _saved(Person(**fields))
    return person


def a_membership(*, person: Person, **changes: Any) -> Membership:
    """The person's place in their household, with a line of the directory if it has a number."""
    fields: dict[str, Any] = {
        "household_id": person.household_id,
        "person_id": person.id,
        "link": "HOLDER",
        "language": "fr",
    }
    membership: Membership = _saved(Membership(**(fields | changes)))
    if membership.adherent_number:
        _saved(
            Directory(
                number_key=adherent_key(membership.adherent_number),
                household_id=person.household_id,
                membership_id=membership.id,
            )
        )
    return membership


def a_member(
    *,
    household: UUID | None = None,
    person: dict[str, Any] | None = None,
    **changes: Any,
) -> tuple[Person, Membership]:
    """A person with their membership, in a household of their own unless one is given."""
    someone = a_person(household=household or a_household(), **(person or {}))
    return someone, a_membership(person=someone, **changes)


def a_sharing(*, person: Person, reader: Person, **changes: Any) -> Sharing:
    """``person`` agreed that ``reader`` sees their care."""
    fields: dict[str, Any] = {
        "household_id": person.household_id,
        "person_id": person.id,
        "reader_id": reader.id,
        "agreed_at": NOW,
        "wording": "1",
    }
    sharing: Sharing = _saved(Sharing(**(fields | changes)))
    return sharing


def a_contract(*, household: UUID, **changes: Any) -> Contract:
    row_id = new_id()
    fields: dict[str, Any] = {
        "id": row_id,
        "household_id": household,
        "source": "S",
        "external_id": f"K-{row_id}",
        "number": "2024-1",
        "kind": "INDIVIDUAL",
        "scheme": "FIRST_EURO",
        "currency": "EUR",
        "first_day": date(2024, 1, 1),
    }
    contract: Contract = _saved(Contract(**(fields | changes)))
    return contract


def a_cover(*, contract: Contract, person: Person, **changes: Any) -> Cover:
    fields: dict[str, Any] = {
        "household_id": contract.household_id,
        "contract_id": contract.id,
        "person_id": person.id,
        "first_day": contract.first_day or date(2024, 1, 1),
    }
    cover: Cover = _saved(Cover(**(fields | changes)))
    return cover


def a_transfer(*, household: UUID, **changes: Any) -> Transfer:
    """A settlement of 20.00 EUR; its lines are the test's."""
    row_id = new_id()
    fields: dict[str, Any] = {
        "id": row_id,
        "household_id": household,
        "source": "S",
        "external_id": f"T-{row_id}",
        "reference": "VIR 1",
        "settled_on": date(2026, 3, 18),
        "payee": "MEMBER",
        "currency": "EUR",
        "total": Decimal("20.00"),
    }
    transfer: Transfer = _saved(Transfer(**(fields | changes)))
    return transfer


def a_line(*, person: Person, transfer: Transfer | None = None, **changes: Any) -> Line:
    """A dental line of 30.00 EUR spent, 20.00 reimbursed; not settled without a transfer."""
    fields: dict[str, Any] = {
        "household_id": person.household_id,
        "source": "S",
        "external_id": f"L-{new_id()}",
        "person_id": person.id,
        "transfer_id": transfer.id if transfer else None,
        "settled_on": transfer.settled_on if transfer else None,
        "claim": "C-1",
        "care_date": date(2026, 3, 4),
        "category": "DENTAL",
        "act": "Consultation",
        "currency": "EUR",
        "spent": Decimal("30.00"),
        "spent_currency": "EUR",
        "reimbursed": Decimal("20.00"),
        "left_to_pay": Decimal("10.00"),
    }
    fields |= changes
    if fields.get("provider"):
        fields.setdefault("provider_key", sort_key(fields["provider"]))
    line: Line = _saved(Line(**fields))
    return line


def a_bank_account(*, person: Person, number: str = IBAN, **changes: Any) -> BankAccount:
    """An account in euros of a French bank, in use since 2024."""
    row_id = new_id()
    fields: dict[str, Any] = {
        "id": row_id,
        "household_id": person.household_id,
        "person_id": person.id,
        "currency": "EUR",
        "kind": "IBAN",
        "number": vault().seal(number, place=Place("payments_bankaccount", "number", row_id)),
        "number_index": number_index(number),
        "number_shown": mask_iban(number),
        "bank_country": number[:2],
        "account_name": "Nathalie Exemple",
        "came_by": "ONLINE",
        "state": "VERIFIED",
        "proposed_at": datetime(2024, 1, 1, tzinfo=UTC),
        "verified_at": datetime(2024, 1, 2, tzinfo=UTC),
        "verified_by": "agent-1",
        "second_by": "agent-2",
        "usable_from": datetime(2024, 1, 5, tzinfo=UTC),
    }
    account: BankAccount = _saved(BankAccount(**(fields | changes)))
    return account


def an_account(*, membership: Membership, **changes: Any) -> Account:
    """The account of a member who has an adherent number. It has no password."""
    fields: dict[str, Any] = {
        "household_id": membership.household_id,
        "membership_id": membership.id,
        "person_id": membership.person_id,
        "number_key": adherent_key(membership.adherent_number or ""),
        "opened_at": NOW,
        "password": "!",
    }
    account: Account = _saved(Account(**(fields | changes)))
    return account


PASSWORD = "corail-lanterne-septembre"  # of fictional people


def an_active_account(*, membership: Membership, finished: bool = True, **changes: Any) -> Account:
    """An account whose password is :data:`PASSWORD`; ``finished`` but for the terms, if any are loaded."""
    fields: dict[str, Any] = {
        "password": make_password(PASSWORD),
        "password_chosen_at": NOW,
        "state": "ACTIVE",
        "email_confirmed_at": NOW if finished else None,
    }
    return an_account(membership=membership, **(fields | changes))


def a_legal_text(**changes: Any) -> LegalText:
    """One version of the terms, in French. Forgets which version the process believed in force."""
    fields: dict[str, Any] = {
        "slug": "terms",
        "language": "fr",
        "version": "1.0",
        "in_force_from": date(2026, 1, 1),
        "title": "Conditions d’utilisation",
        "source": "Le texte.",
        "html": "<p>Le texte.</p>",
    }
    fields |= changes
    fields.setdefault("sha256", sha256(fields["source"].encode()).hexdigest())
    text: LegalText = _saved(LegalText(**fields))
    forget_terms_version()
    return text


def a_nir(person: Person, nir: str) -> Person:
    """The person with a social security number on file, sealed."""
    sealed = vault().seal(nir, place=Place("people_person", "nir", person.id))
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        Person.objects.filter(id=person.id).update(nir=sealed)
    return person


def a_formula(*, guarantees: tuple[tuple[str, str, str], ...] = (), **changes: Any) -> Formula:
    """Escale Confort; ``guarantees`` are category, label and text, the same in both languages."""
    fields: dict[str, Any] = {
        "product_code": "ESCALE",
        "product_name_fr": "Escale",
        "product_name_en": "Escale",
        "code": "CONFORT",
        "name_fr": "Confort",
        "name_en": "Comfort",
    }
    formula: Formula = _saved(Formula(**(fields | changes)))
    for position, (category, label, text) in enumerate(guarantees):
        _saved(
            Guarantee(
                formula=formula,
                position=position,
                category=category,
                label_fr=label,
                label_en=label,
                text_fr=text,
                text_en=text,
            )
        )
    return formula


def a_price(**changes: Any) -> TariffLine:
    """A line of the price list: 100 euros a month whatever the age, the formula and the zone."""
    fields: dict[str, Any] = {
        "product_code": "ESCALE",
        "formula_code": "",
        "from_age": 0,
        "to_age": 120,
        "monthly": Decimal(100),
        "currency": "EUR",
        "first_day": date(2020, 1, 1),
    }
    price: TariffLine = _saved(TariffLine(**(fields | changes)))
    return price


def a_counted_formula(*guarantees: dict[str, Any], **changes: Any) -> Formula:
    """A formula whose guarantees a machine can count; each is the fields of a row, its code its label."""
    formula = a_formula(**({"currency": "EUR"} | changes))
    for position, row in enumerate(guarantees):
        words = dict.fromkeys(("label_fr", "label_en", "text_fr", "text_en"), row["code"])
        _saved(Guarantee(formula=formula, position=position, **(words | row)))
    return formula


def a_version(*, contract: Contract, **changes: Any) -> ContractVersion:
    fields: dict[str, Any] = {
        "household_id": contract.household_id,
        "contract_id": contract.id,
        "since": date(2024, 1, 1),
        "formula_id": contract.formula_id,
        "scheme": contract.scheme,
        "zone": contract.zone,
    }
    version: ContractVersion = _saved(ContractVersion(**(fields | changes)))
    return version


def an_option(*, contract: Contract, **changes: Any) -> ContractOption:
    fields: dict[str, Any] = {
        "household_id": contract.household_id,
        "contract_id": contract.id,
        "code": "ASSIST",
        "name_fr": "Assistance",
        "name_en": "Assistance",
        "first_day": date(2024, 2, 1),
    }
    option: ContractOption = _saved(ContractOption(**(fields | changes)))
    return option


def a_company(name: str, **changes: Any) -> Company:
    company: Company = _saved(Company(source="S", external_id=f"E-{name}", name=name, **changes))
    return company


def an_intermediary(name: str) -> Intermediary:
    broker: Intermediary = _saved(Intermediary(source="S", external_id=f"M-{name}", name=name))
    return broker


def a_passkey(account: Account, **changes: Any) -> Passkey:
    """A passkey that no device holds."""
    row_id = new_id()
    fields: dict[str, Any] = {
        "id": row_id,
        "account": account,
        "credential": row_id.bytes,
        "public_key": b"key",
        "sign_count": 0,
        "name": "Phone",
        "added_at": NOW,
    }
    passkey: Passkey = _saved(Passkey(**(fields | changes)))
    return passkey


def an_app(account: Account, secret: str, **changes: Any) -> CodeApp:
    """An app that shows the codes of ``secret``, in base32."""
    row_id = new_id()
    fields: dict[str, Any] = {
        "id": row_id,
        "account": account,
        "secret": vault().seal(secret, place=Place("accounts_codeapp", "secret", row_id)),
        "begun_at": NOW,
        "added_at": NOW,
    }
    app: CodeApp = _saved(CodeApp(**(fields | changes)))
    return app


def a_recovery_code(account: Account, code: str) -> RecoveryCode:
    digest = secret_digest(provisional_key(), code)
    row: RecoveryCode = _saved(RecoveryCode(account=account, digest=digest, made_at=NOW))
    return row


TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXY2"  # of a fictional certificate


def a_certificate(
    *, person: Person, contract: Contract, token: str | None = None, **changes: Any
) -> Certificate:
    """A certificate of June 2026 whose file is no PDF; its secret is its own unless one is given."""
    row_id = new_id()
    secret = token or row_id.hex[:26].upper()
    file = store([b"%PDF certificate"])
    household = person.household_id
    document: Document = _saved(
        Document(
            id=file.id,
            household_id=household,
            kind="CERTIFICATE",
            media_type="application/pdf",
            size=file.size,
            sha256=file.sha256,
            created_at=NOW,
        )
    )
    fields: dict[str, Any] = {
        "id": row_id,
        "household_id": household,
        "reference": f"ATT-{row_id}",
        "facts": row_id.bytes,
        "kind": "membership",
        "language": "fr",
        "person_id": person.id,
        "contract_id": contract.id,
        "document_id": document.id,
        "first_day": date(2026, 6, 1),
        "last_day": date(2026, 6, 30),
        "zone": contract.zone,
        "initials": f"{person.first_name[0]}. {person.family_name[0]}.",
        "token": token_digest(secret),
        "birth": birth_digest(secret, person.birth_date or date(1900, 1, 1)),
        "sealed": True,
        "issued_at": NOW,
        "issued_by": person.id,
    }
    certificate: Certificate = _saved(Certificate(**(fields | changes)))
    return certificate
