"""A draft becomes a request: once, however often it is sent."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from havre.commons.cases.actions.drafts import DraftGone
from havre.commons.cases.actions.locked import canonical, tell
from havre.commons.cases.models import Case, Content, Draft, content_place
from havre.commons.cases.queries import CaseSeen, seen
from havre.commons.cases.words import Answers, Belongs, By, Clocks, EventKind
from havre.commons.documents.words import Compartment
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.crypto import vault
from havre.foundation.db import Channel
from havre.foundation.refusals import Refusal


class FiledOtherwise(Refusal):
    """This draft was sent already, and what it said then is not what it says now."""


@dataclass(frozen=True)
class Filed:
    """A request that is on file. ``again``: it was before this was asked."""

    case: CaseSeen
    again: bool


def file(
    *,
    draft: UUID,
    belongs: Belongs,
    kind: str,
    prefix: str,
    title: str,
    answers: Answers,
    papers: list[str],
    compartment: Compartment,
    clocks: Clocks,
    needs: str,
    channel: Channel,
    by: By,
    now: datetime,
    contests: UUID | None = None,
) -> Filed:
    """Put a draft on file: the request, its number and its place in the queue, or none of them.

    The draft is locked, and goes with it: of fifty that come at once one files, and the others are
    given what it filed. ``papers`` name the files that go with it. Refuses ``DraftGone`` where there
    never was one, ``FiledOtherwise`` where it was filed and said something else.
    """
    digest = sha256(canonical([kind, answers, sorted(papers)])).digest()
    row = (
        Draft.objects.select_for_update()
        .filter(household_id=belongs.household, id=draft, membership_id=belongs.membership)
        .first()
    )
    if row is None:
        return _already(belongs, draft, digest)
    case = Case(
        id=draft,
        household_id=belongs.household,
        kind=kind,
        prefix=prefix,
        year=now.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).year,
        membership_id=belongs.membership,
        person_id=belongs.person,
        compartment=compartment,
        channel=channel,
        filed_by=by.id,
        digest=digest,
        language=belongs.language,
        product=belongs.product,
        country=belongs.country,
        employer_id=belongs.employer,
        intermediary_id=belongs.intermediary,
        contests_id=contests,
        filed_at=now,
        due_at=clocks.due_at,
        acknowledge_by=clocks.acknowledge_by,
        legal_by=clocks.legal_by,
    )
    case.save(force_insert=True)
    Content(
        id=draft,
        household_id=belongs.household,
        compartment=compartment,
        title=vault().seal(title, place=content_place("title", draft)),
        answers=vault().seal(json.dumps(answers), place=content_place("answers", draft)),
    ).save(force_insert=True)
    tell(case, EventKind.FILED, by=by, now=now)
    row.delete()
    worklist.put(_item(case, belongs, needs=needs))
    return Filed(seen(case), again=False)


def _already(belongs: Belongs, draft: UUID, digest: bytes) -> Filed:
    case = Case.objects.filter(household_id=belongs.household, id=draft).first()
    if case is None or case.membership_id != belongs.membership:
        raise DraftGone(str(draft))
    if bytes(case.digest) != digest:
        raise FiledOtherwise(str(draft))
    return Filed(seen(case), again=True)


def _item(case: Case, belongs: Belongs, *, needs: str) -> Item:
    return Item(
        source=Source.CASE,
        source_id=case.id,
        kind=case.kind,
        needs=needs,
        opened_at=case.filed_at,
        due_at=min(case.due_at, case.acknowledge_by or case.due_at),
        number=seen(case).number,
        household=belongs.household,
        membership=belongs.membership,
        language=belongs.language,
        product=belongs.product,
        country=belongs.country,
        employer=belongs.employer,
        intermediary=belongs.intermediary,
    )
