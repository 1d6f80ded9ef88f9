"""Where a thing that waits is handled."""

from django.urls import reverse

from havre.commons.accounts.words import EMAIL_CHANGE
from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Source
from havre.domains.people.words import DEPARTURE
from havre.doors.desk.queueing import Asked


def page_of(item: ItemSeen, query: Asked) -> str:
    """Its address, from which the queue that one came from goes on."""
    if item.source is Source.MESSAGE and item.household:
        return reverse("desk:message", kwargs={"household": item.household, "id": item.source_id})
    back = query.on_tab(query.view).query()
    if item.source is Source.CASE:
        return reverse("desk:request", kwargs={"id": item.source_id}) + back
    if item.kind == EMAIL_CHANGE and item.membership:
        return reverse("desk:member-account", kwargs={"membership": item.membership})
    if item.kind == DEPARTURE and item.membership:
        return reverse("desk:member-departure", kwargs={"membership": item.membership})
    return reverse("desk:thing", kwargs={"id": item.id}) + back
