"""Everything that changes what people chose. Each needs a transaction in their household."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import product
from uuid import UUID

from havre.commons.privacy import queries
from havre.commons.privacy.models import Consent, NoticeChoice
from havre.commons.privacy.rules.topics import wording_sha256
from havre.commons.privacy.words import Choice, ContactChannel, Leaving, Notice, Topic, Via, Wording
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal

Ticked = Collection[tuple[str, ContactChannel]]


class ChosenMeanwhile(Refusal):
    """What was on the page is no longer what holds: another tab, or a link in a mail."""


def choose(
    *,
    household: UUID,
    person: UUID,
    ticked: Ticked,
    shown: UUID | None,
    wording: Wording,
    via: Via,
    now: datetime,
) -> int:
    """Record what someone agrees to: ``ticked``, and nothing else. Gives how many choices are new.

    ``shown`` is the latest choice that was on the page: agreement is never taken from a page that
    showed something else (``ChosenMeanwhile``). A choice that stands is not recorded again.
    """
    known = queries.choices_of(household=household, person=person)
    new = [
        Consent(
            id=new_id(),
            household_id=household,
            person_id=person,
            topic=topic.id,
            channel=channel,
            given=(topic.id, channel) in ticked,
            at=now,
            via=via,
            text_version=wording.version,
            language=wording.language,
            wording_sha256=_words(wording, topic, channel),
            follows=before.id if before else None,
        )
        for topic, channel, before in _changed(known, ticked)
    ]
    if new and shown != (known[0].id if known else None):
        raise ChosenMeanwhile
    Consent.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _changed(
    known: list[Choice], ticked: Ticked
) -> Iterator[tuple[Topic, ContactChannel, Choice | None]]:
    """Where what is ticked is not what holds, each with the choice that it follows."""
    current = queries.in_force(known)
    for topic, channel in product(queries.topics(), ContactChannel):
        before = current.get((topic.id, channel))
        held = before is not None and before.given
        if ((topic.id, channel) in ticked) is not held:
            yield topic, channel, before


def _words(wording: Wording, topic: Topic, channel: ContactChannel) -> str:
    return wording_sha256(
        text_sha256=wording.sha256, topic=topic, channel=channel, language=wording.language
    )


def want_notices(
    *, household: UUID, person: UUID, wanted: Collection[Notice], now: datetime
) -> None:
    """Keep which notices someone wants: these, and no other."""
    rows = [
        NoticeChoice(
            id=new_id(),
            household_id=household,
            person_id=person,
            notice=notice,
            wanted=notice in wanted,
            changed_at=now,
        )
        for notice in Notice
    ]
    NoticeChoice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["household_id", "person_id", "notice"],
        update_fields=["wanted", "changed_at"],
    )


def leave(leaving: Leaving, *, now: datetime) -> None:
    """Stop a kind of mail, as its link asks. Twice is once."""
    if leaving.notice:
        unwanted = queries.unwanted_notices(household=leaving.household, person=leaving.person)
        want_notices(
            household=leaving.household,
            person=leaving.person,
            wanted=set(Notice) - unwanted - {leaving.notice},
            now=now,
        )
        return
    mine = Consent.objects.filter(household_id=leaving.household, person_id=leaving.person)
    latest = mine.filter(topic=leaving.topic, channel=ContactChannel.EMAIL).order_by("-id").first()
    if latest is None or not latest.given:
        return
    # What is withdrawn is what was agreed to: the same words.
    latest.id, latest.follows, latest.given = new_id(), latest.id, False
    latest.at, latest.via = now, Via.MAIL_LINK
    Consent.objects.bulk_create([latest], ignore_conflicts=True)
