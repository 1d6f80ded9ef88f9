"""Writing a request: begun with what the house knows, kept at every step, on any device."""

from datetime import datetime
from uuid import UUID

from havre.commons.cases import actions as cases
from havre.commons.cases.queries import DraftSeen
from havre.commons.cases.words import Answers
from havre.foundation.db import Channel
from havre.foundation.refusals import Refusal
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind

KEPT_DAYS = 30
"""How long a draft is kept after it was last saved."""


class KindClosed(Refusal):
    """This member cannot ask it; ``words`` say why and what to do instead."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__("this kind of request is closed to this member")


def begin(
    *,
    kind: Kind,
    facts: Facts,
    by: str,
    channel: Channel,
    now: datetime,
    given: Answers | None = None,
    draft: UUID | None = None,
) -> UUID:
    """A draft of this kind, with what is known and what its door was given; under the id ``draft`` where
    its door chose one. Refuses ``KindClosed``.

    Needs the guard of the household.
    """
    if why := kind.closed_because(facts):
        raise KindClosed(why)
    answers = {**kind.begin(facts), **(given or {})}
    return cases.begin_draft(
        household=facts.household,
        membership=facts.me.membership,
        kind=kind.code,
        channel=channel,
        by=by,
        answers=answers,
        now=now,
        compartment=kind.compartment_of(answers),
        draft=draft,
    )


def save(*, draft: DraftSeen, answers: Answers, step: str, version: int, now: datetime) -> int:
    """Keep what is written of one page beside the rest; the new version.

    Refuses ``SavedElsewhere`` and ``DraftGone``.
    """
    return cases.save_draft(
        household=draft.household,
        draft=draft.id,
        answers={**draft.answers, **answers},
        step=step,
        version=version,
        now=now,
    )
