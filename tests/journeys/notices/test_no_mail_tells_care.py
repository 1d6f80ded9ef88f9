"""Whatever is loaded, agreed or withdrawn, the mails that leave say no word and no amount of care."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail as sent_mails

from havre.commons.notifications import actions as notifications
from havre.commons.notifications.models import OutgoingMail
from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.confidentiality import sharing
from havre.journeys.confidentiality.majority import tell_who_came_of_age
from havre.journeys.loading.load import load
from tests.builders import NOW, a_contract, a_household, a_member, an_active_account
from tests.database import acting_as
from tests.journeys.loading.feeds import a_line, a_transfer, gathered

pytestmark = pytest.mark.django_db
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="share")
TODAY = NOW.date()
CANARY = "CANARYCARE"
BORN = {
    "claire": ("HOLDER", date(1986, 4, 14)),
    "marc": ("SPOUSE", date(1984, 9, 2)),
    "lea": ("CHILD", TODAY.replace(year=TODAY.year - 18)),
}


def test_no_mail_holds_a_word_of_care() -> None:  # W20
    household = a_household(external_id="H-1")
    a_contract(household=household, external_id="K-1")
    for name, (link, born) in BORN.items():
        _person, membership = a_member(
            household=household,
            person={"external_id": f"P-{name}", "first_name": name.title(), "birth_date": born},
            link=link,
            adherent_number=f"HV {name}",
            email=f"{name}@example.org",
            language="en",
        )
        an_active_account(membership=membership)
    transfer = a_transfer(
        settled_on=TODAY, total=Decimal("1234.56"), reference=CANARY, payee_name=CANARY
    )
    line = a_line(
        person="P-marc",
        contract="K-1",
        category="MENTAL_HEALTH",
        reimbursed=Decimal("1234.56"),
        **dict.fromkeys(("claim", "act", "provider", "guarantee", "reason", "clause"), CANARY),
    )
    with acting_as(Role.WORKER):
        load(gathered(transfer, line), actor_source="tests", now=NOW, dry_run=False)
        tell_who_came_of_age(today=TODAY, now=NOW)
    with acting(actor=ACTOR, role=Role.MEMBER, household=household):
        everyone = people.household_people(household=household)
        claire, marc = (one.id for one in everyone[:2])
        pair = sharing.between(
            household=household, person=marc, reader=claire, people=everyone, on=TODAY
        )
        sharing.agree(pair, now=NOW)
        sharing.withdraw(pair, now=NOW)
    with acting_as(Role.WORKER):
        rows = list(OutgoingMail.objects.all())
        for row in rows:
            notifications.send(mail_id=row.id, now=NOW)
    assert {row.kind for row in rows} == {
        "notices.reimbursement_paid",
        "confidentiality.came_of_age",
        "confidentiality.shared",
        "confidentiality.no_longer_shared",
    }
    said = [str(one.message()) for one in sent_mails.outbox]
    assert len(said) == len(rows)
    assert all("Hello" in text for text in said)  # nothing is encoded out of sight
    for text in (*said, *(str((row.about, row.subject_key)) for row in rows)):
        for told in (CANARY, "1234", "1,234", "1.234", "ental"):
            assert told not in text
