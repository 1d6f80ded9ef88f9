"""Each kind of request, written and filed by the desk for a member under the desk's own roles."""

import pytest

from havre.commons.cases import queries
from havre.commons.cases.words import By, Side
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.words import Source
from havre.foundation.db import Channel
from havre.journeys.requests import drafting
from havre.journeys.requests.filing import file
from havre.journeys.requests.registry import kind_of
from tests.journeys.requests.asking import NADIA, NOW, as_desk, facts
from tests.journeys.requests.examples import Example, examples

pytestmark = pytest.mark.django_db
EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=list(EXAMPLES))
def test_the_desk_files_it_as_the_member_would(example: Example) -> None:  # W39
    asker, kind = example.asker(), kind_of(example.kind)
    answers = example.answers(asker)
    with as_desk(asker.household, compartment=kind.compartment):
        known = facts(asker)
        draft = drafting.begin(
            kind=kind,
            facts=known,
            by=str(NADIA),
            channel=Channel.PHONE,
            now=NOW,
            given=answers,
        )
        (found,) = queries.drafts_at_desk(household=asker.household, membership=asker.membership)
        assert found.id == draft
        filed = file(
            kind=kind,
            draft=found,
            facts=known,
            papers=[],
            channel=found.channel,
            by=By(id=str(NADIA), side=Side.STAFF, name="Nadia"),
            now=NOW,
        )
        assert not filed.again
        assert filed.case.channel is Channel.PHONE
        assert queries.content_of(household=asker.household, case=draft)
        assert worklist.item_of(source=Source.CASE, source_id=draft)
