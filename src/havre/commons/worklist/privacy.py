"""What waits for the house: ids and words, and whose it is until it is done."""

from dataclasses import replace

from havre.foundation.personal_data import (
    Erasure,
    Kept,
    LegalBasis,
    NotPersonal,
    Purpose,
    Retention,
    Source,
    TableDeclaration,
)

_WAITING = Kept(
    fields=("kind", "number", "stage", "opened_at", "due_at", "language", "product", "country"),
    purpose=Purpose.CONTRACT,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.SYSTEM,),
    retention=Retention(0, "it is done"),
    export=False,
    erase=Erasure.DELETE_ROW,
)

DECLARATIONS = (
    TableDeclaration(
        "worklist.WorkItem",
        (
            _WAITING,
            replace(
                _WAITING,
                fields=(
                    *("id", "source", "source_id", "household_id", "membership_id"),
                    *("employer_id", "intermediary_id"),
                ),
            ),
            # Of those who work here.
            replace(
                _WAITING,
                fields=("assigned_to", "assigned_at", "kept_from", "snoozed_until"),
                sources=(Source.STAFF,),
            ),
            NotPersonal(("needs", "compartment"), "who may take a kind of work"),
            NotPersonal(("papers", "scanning"), "how many files came with it"),
        ),
    ),
)
