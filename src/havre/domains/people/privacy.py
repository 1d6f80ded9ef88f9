"""Who is insured and how to reach them.

Kept until claims under the contract lapse: two years (Code des assurances, L114-1) after the cover that
gave rise to them, during which a former member still signs in.
"""

from dataclasses import replace

from havre.foundation.personal_data import (
    Erasure,
    Kept,
    LegalBasis,
    NotPersonal,
    Purpose,
    Retention,
    Source,
    SpecialBasis,
    TableDeclaration,
)

AFTER_COVER = Retention(24, "the last cover of the household ended")
FORMER_EMAIL = Retention(3, "the address was replaced")
_FIRM = "a legal person; of a sole trader, what the public register of companies says"

_IDENTITY = Kept(
    fields=("family_name", "first_name", "birth_date", "deceased_on", "origin"),
    purpose=Purpose.CONTRACT,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.FEED, Source.MEMBER, Source.EMPLOYER, Source.INTERMEDIARY),
    retention=AFTER_COVER,
    export=True,
    erase=Erasure.DELETE_ROW,
)
_RECORD = replace(_IDENTITY, fields=("source", "external_id"), sources=(Source.FEED,), export=True)
_MADE_HERE = replace(
    _IDENTITY, fields=("id", "household_id"), sources=(Source.SYSTEM,), export=False
)

DECLARATIONS = (
    TableDeclaration(
        "people.Company", (NotPersonal(("id", "source", "external_id", "name", "siren"), _FIRM),)
    ),
    TableDeclaration(
        "people.Intermediary", (NotPersonal(("id", "source", "external_id", "name"), _FIRM),)
    ),
    TableDeclaration("people.Household", (_RECORD, replace(_MADE_HERE, fields=("id",)))),
    TableDeclaration(
        "people.Person",
        (
            _IDENTITY,
            _RECORD,
            replace(_MADE_HERE, fields=("id", "household_id", "sort_key")),
            # An insurer of health complements may use the number for its exchanges with the primary
            # scheme (décret 2019-341): for nothing else, and never to sign in.
            replace(
                _IDENTITY,
                fields=("nir",),
                purpose=Purpose.REIMBURSEMENT,
                legal_basis=LegalBasis.LEGAL_OBLIGATION,
            ),
            replace(
                _MADE_HERE,
                fields=("nir_index",),
                purpose=Purpose.REIMBURSEMENT,
                legal_basis=LegalBasis.LEGAL_OBLIGATION,
            ),
        ),
    ),
    TableDeclaration(
        "people.Membership",
        (
            replace(
                _IDENTITY,
                fields=(
                    "link",
                    "adherent_number",
                    "expatriation_country",
                    "membership_end",
                    "origin",
                ),
            ),
            replace(
                _IDENTITY,
                fields=(
                    "email",
                    "phone",
                    "address_lines",
                    "postal_code",
                    "city",
                    "country",
                    "district",
                    "region",
                    "language",
                ),
                purpose=Purpose.CORRESPONDENCE,
            ),
            replace(_MADE_HERE, fields=("id", "household_id", "person")),
        ),
    ),
    # For as long as someone who took over an address could profit from it.
    TableDeclaration(
        "people.FormerEmail",
        (
            replace(
                _IDENTITY,
                fields=("email", "replaced_at"),
                purpose=Purpose.SECURITY,
                legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
                retention=FORMER_EMAIL,
            ),
            replace(
                _MADE_HERE,
                fields=("id", "household_id", "membership"),
                purpose=Purpose.SECURITY,
                legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
                retention=FORMER_EMAIL,
            ),
        ),
    ),
    # What is noted about someone is theirs to ask for (GDPR art. 15).
    TableDeclaration(
        "people.MemberNote",
        (
            replace(
                _IDENTITY,
                fields=("at", "by_name", "words"),
                purpose=Purpose.CORRESPONDENCE,
                sources=(Source.STAFF,),
            ),
            replace(
                _MADE_HERE,
                fields=("id", "household_id", "membership", "by"),
                purpose=Purpose.CORRESPONDENCE,
            ),
        ),
    ),
    TableDeclaration(
        "people.Departure",
        (
            replace(
                _IDENTITY,
                fields=(
                    "kind",
                    "day",
                    "ends_covers",
                    "state",
                    "proposed_at",
                    "decided_at",
                    "undone_at",
                ),
                sources=(Source.STAFF,),
            ),
            replace(
                _MADE_HERE,
                fields=(
                    *("id", "household_id", "membership", "proposed_by", "decided_by"),
                    *("undone_by", "before"),
                ),
            ),
        ),
    ),
    # The proof of an agreement outlives it, until nobody can contest what was shown meanwhile.
    TableDeclaration(
        "people.Sharing",
        (
            replace(
                _IDENTITY,
                fields=("person_id", "reader_id", "agreed_at", "withdrawn_at", "wording"),
                purpose=Purpose.LEGAL_PROOF,
                legal_basis=LegalBasis.CONSENT,
                special=SpecialBasis.EXPLICIT_CONSENT,
                sources=(Source.MEMBER,),
            ),
            replace(
                _MADE_HERE,
                purpose=Purpose.LEGAL_PROOF,
                legal_basis=LegalBasis.CONSENT,
                special=SpecialBasis.EXPLICIT_CONSENT,
            ),
        ),
    ),
    TableDeclaration(
        "people.Directory",
        (
            replace(
                _MADE_HERE,
                fields=("number_key", "household_id", "membership_id"),
                purpose=Purpose.ACCOUNT,
            ),
        ),
    ),
    TableDeclaration(
        "people.Difference",
        (
            Kept(
                fields=("field", "feed_value", "state", "noticed_at", "decided_at"),
                purpose=Purpose.DATA_QUALITY,
                legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
                sources=(Source.FEED, Source.STAFF),
                retention=Retention(12, "the difference was decided"),
                export=True,
                erase=Erasure.DELETE_ROW,
            ),
            Kept(
                fields=("id", "household_id", "person_id", "feed_index", "decided_by"),
                purpose=Purpose.DATA_QUALITY,
                legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
                sources=(Source.SYSTEM, Source.STAFF),
                retention=Retention(12, "the difference was decided"),
                export=False,
                erase=Erasure.DELETE_ROW,
            ),
        ),
    ),
)
