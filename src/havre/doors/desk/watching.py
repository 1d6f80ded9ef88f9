"""Pages of the desk that stay in step: the queue, and a request that somebody else touches."""

from havre.commons.cases import queries as cases
from havre.commons.cases.queries import CaseSeen
from havre.commons.documents import queries as documents
from havre.commons.messaging import queries as messages
from havre.commons.worklist import queries as worklist
from havre.doors.desk.page import Viewer
from havre.doors.ui import live as ui_live
from havre.doors.ui.addresses import url
from havre.doors.ui.live import Watched
from havre.foundation.db import live


def of_queue(viewer: Viewer) -> Watched:
    """What a page of the queue watches. Take it before reading what the page shows."""
    topics = [live.topic(*worklist.TOPIC)]
    return ui_live.watching(topics, reader=viewer.id, at=url("desk:live"))


def of_case(viewer: Viewer, case: CaseSeen) -> Watched:
    """What the page of a request watches: its steps, the files sent for it, what its member writes."""
    topics = [
        cases.topic_of(case.id),
        documents.topic_of(case.id),
        messages.topic_of_member(case.membership),
    ]
    return ui_live.watching(topics, reader=viewer.id, at=url("desk:live"))
