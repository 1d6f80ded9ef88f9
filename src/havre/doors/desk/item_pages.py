"""Where a thing that waits is handled. A source without a page leads back to its queue."""

from django.urls import reverse

from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Source
from havre.doors.desk.queueing import Asked

_PAGES = {Source.CASE: "request"}


def page_of(item: ItemSeen, query: Asked) -> str:
    """Its address, from which the queue that one came from goes on."""
    if item.source is Source.MESSAGE and item.household:
        return reverse("desk:message", kwargs={"household": item.household, "id": item.source_id})
    name = _PAGES.get(item.source)
    if name is None:
        return f"{reverse('desk:queue')}{query.on_tab(item.source).query()}"
    return reverse(f"desk:{name}", kwargs={"id": item.source_id}) + query.on_tab(query.view).query()
