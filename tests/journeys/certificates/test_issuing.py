"""Issued at the same moment it is one certificate; with a seal that is over it is not sealed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from tests.builders import a_contract, a_cover, a_member, an_account
from tests.database import acting_as
from tests.foundation.reading_pdf import opened, text_of

from havre.domains.certificates.models import Certificate
from havre.foundation.db import Actor, Channel, Role
from havre.foundation.pdf.seal import house_seal
from havre.journeys.certificates import issuing
from havre.journeys.certificates.catalogue import catalogue
from havre.journeys.certificates.facts import Wish
from havre.project.own_seal import own_seal

TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="issue a certificate")


class Asking:
    """Claire, who asks for her certificate of today."""

    def __init__(self) -> None:
        person, membership = a_member(
            person={"first_name": "Claire", "family_name": "Aubrac"}, adherent_number="HV 1"
        )
        held = a_contract(household=person.household_id, zone=3)
        a_cover(contract=held, person=person)
        self.account = an_account(membership=membership).id
        known = catalogue(today=TODAY)
        kind = known.kind("membership")
        assert kind
        self.wish = Wish(
            household=person.household_id,
            person=person.id,
            contract=held.id,
            certificate=kind,
            known=known,
            first_day=TODAY,
            last_day=TODAY,
            language="en",
        )

    def issue(self, *, now: datetime = NOW) -> UUID:
        return issuing.issue(
            self.wish,
            check_at="https://havre.example/en/check/",
            actor=ACTOR,
            account=self.account,
            today=TODAY,
            now=now,
        )


def files() -> list[Path]:
    return [one for one in Path(settings.HAVRE.DOCUMENTS_FOLDER).glob("??/*") if one.is_file()]


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_are_one_certificate_and_one_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asking, before = Asking(), len(files())
    both_typeset = Barrier(2)
    typeset = issuing._made

    def made(*args: object, **kwargs: object) -> object:
        done = typeset(*args, **kwargs)  # type: ignore[arg-type]
        both_typeset.wait(timeout=30)  # neither has recorded anything yet
        return done

    monkeypatch.setattr(issuing, "_made", made)

    def press(_time: int) -> UUID:
        try:
            with acting_as(Role.WEB):
                return asking.issue()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        given = set(threads.map(press, range(2)))
    assert len(given) == 1
    with acting_as(Role.OWNER):
        assert {row.id for row in Certificate.objects.all()} == given
    assert len(files()) == before + 1


@pytest.fixture
def sealing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A house whose seal holds for three days from :data:`NOW`."""
    made = {
        name: Path(path) for name, path in own_seal(tmp_path, name="X", now=NOW, days=3).items()
    }
    changed = settings.HAVRE.model_copy(update=made)
    monkeypatch.setattr(settings, "HAVRE", changed)
    house_seal.cache_clear()
    yield
    house_seal.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("sealing")
@pytest.mark.parametrize(("days", "sealed"), [(0, True), (4, False)])
def test_a_seal_that_is_over_is_not_applied_and_not_spoken_of(
    monkeypatch: pytest.MonkeyPatch, days: int, sealed: bool
) -> None:
    asking, kept = Asking(), []
    store = issuing.documents.store
    monkeypatch.setattr(
        issuing.documents, "store", lambda parts: store(kept.append(parts) or parts)
    )
    asking.issue(now=NOW + timedelta(days=days))
    ((pdf,),) = kept
    with acting_as(Role.OWNER):
        assert Certificate.objects.get().sealed is sealed
    with opened(pdf) as document:
        assert ("/AcroForm" in document.Root) is sealed
    assert ("sealed electronically" in text_of(pdf)) is sealed
