"""What a change of bank account says, in both languages, and what it never says."""

from datetime import timedelta

import pytest
from django.conf import settings

from havre.domains.payments import actions
from havre.domains.payments.actions import account_number
from havre.domains.payments.words import CameBy
from havre.foundation.crypto import link_token, provisional_key
from havre.foundation.db import acting
from havre.foundation.db.roles import Role
from tests.builders import BUILDER, NOW, a_member
from tests.database import acting_as
from tests.journeys.account_opening.asking import sent, words

pytestmark = pytest.mark.django_db
NUMBER = account_number("FR1420041010050500013M02606")
SAID = {
    "en": ("From 18 June 2026 at 12:00, Paris time, your refunds in EUR", "I do not know this"),
    "fr": ("À partir du 18 juin 2026 à 12 h 00", "Je ne connais pas ce compte"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_mail_says_from_when_and_how_to_stop_it(language: str) -> None:
    person, _ = a_member(email="n.exemple@example.org", language=language)
    household = person.household_id
    with acting_as(Role.DESK), acting(actor=BUILDER, household=household):
        account = actions.propose(
            household=household,
            person=person.id,
            number=NUMBER,
            currency="EUR",
            account_name="Nathalie Exemple",
            came_by=CameBy.PHONE,
            now=NOW,
        )
        actions.validate(
            household=household,
            account=account,
            verified_by="agent-1",
            second_by="agent-2",
            instead_of=None,
            wait=timedelta(hours=72),
            now=NOW,
        )
    (message,) = sent(now=NOW)
    text = (
        str(message.body)
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
    )
    for said in SAID[language]:
        assert said in text
    assert "•••• 2606 (LA BANQUE POSTALE)" in text
    token = link_token(provisional_key(), account)
    assert f"{settings.HAVRE.BASE_URL}/{language}/stop-account/{token}" in text
    assert "20041010050500013" not in words(message)
