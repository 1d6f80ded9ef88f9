"""A draft becomes a request: once, however often it is sent."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings

from havre.commons.cases.actions.drafts import DraftGone
from havre.commons.cases.actions.locked import canonical, tell
from havre.commons.cases.models import Case, Content, Draft, content_place
from havre.commons.cases.queries import CaseSeen, seen
from havre.commons.cases.words import EventKind, Filing
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.crypto import vault
from havre.foundation.refusals import Refusal


class FiledOtherwise(Refusal):
    """This draft was sent already, and what it said then is not what it says now."""


@dataclass(frozen=True)
class Filed:
    """A request that is on file. ``again``: it was before this was asked."""

    case: CaseSeen
    again: bool


def file(filing: Filing, *, now: datetime) -> Filed:
    """Put a draft on file: the request, its number and its place in the queue, or none of them.

    The draft is locked, and goes with it: of fifty that come at once one files, and the others are
    given what it filed. Refuses ``DraftGone`` where there never was one, ``FiledOtherwise`` where it
    was filed and said something else.
    """
    household, draft = filing.belongs.household, filing.draft
    row = (
        Draft.objects.select_for_update()
        .filter(household_id=household, id=draft, membership_id=filing.belongs.membership)
        .first()
    )
    if row is None:
        return _already(filing)
    case = _case(filing, now=now)
    case.save(force_insert=True)
    Content(
        id=draft,
        household_id=household,
        compartment=filing.compartment,
        title=vault().seal(filing.title, place=content_place("title", draft)),
        answers=vault().seal(json.dumps(filing.answers), place=content_place("answers", draft)),
    ).save(force_insert=True)
    tell(case, EventKind.FILED, by=filing.by, now=now)
    row.delete()
    worklist.put(_item(case, needs=filing.needs))
    return Filed(seen(case), again=False)


def _case(filing: Filing, *, now: datetime) -> Case:
    belongs, clocks = filing.belongs, filing.clocks
    return Case(
        id=filing.draft,
        household_id=belongs.household,
        kind=filing.kind,
        prefix=filing.prefix,
        year=now.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)).year,
        membership_id=belongs.membership,
        person_id=belongs.person,
        compartment=filing.compartment,
        channel=filing.channel,
        filed_by=filing.by.id,
        digest=_digest(filing),
        language=belongs.language,
        product=belongs.product,
        country=belongs.country,
        employer_id=belongs.employer,
        intermediary_id=belongs.intermediary,
        contests_id=filing.contests,
        filed_at=now,
        due_at=clocks.due_at,
        acknowledge_by=clocks.acknowledge_by,
        legal_by=clocks.legal_by,
    )


def _digest(filing: Filing) -> bytes:
    said = [filing.kind, filing.answers, sorted(filing.papers)]
    return sha256(canonical(said)).digest()


def _already(filing: Filing) -> Filed:
    belongs, draft = filing.belongs, filing.draft
    case = Case.objects.filter(household_id=belongs.household, id=draft).first()
    if case is None or case.membership_id != belongs.membership:
        raise DraftGone(str(draft))
    if bytes(case.digest) != _digest(filing):
        raise FiledOtherwise(str(draft))
    return Filed(seen(case), again=True)


def _item(case: Case, *, needs: str) -> Item:
    return Item(
        source=Source.CASE,
        source_id=case.id,
        kind=case.kind,
        needs=needs,
        compartment=case.compartment,
        opened_at=case.filed_at,
        due_at=min(case.due_at, case.acknowledge_by or case.due_at),
        number=seen(case).number,
        household=case.household_id,
        membership=case.membership_id,
        language=case.language,
        product=case.product,
        country=case.country,
        employer=case.employer_id,
        intermediary=case.intermediary_id,
    )
