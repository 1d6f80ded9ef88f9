"""Pages of the desk that stay in step: the queue, and a request that somebody else touches."""

from uuid import UUID

from havre.commons.cases import queries as cases
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


def of_case(viewer: Viewer, case: UUID) -> Watched:
    """What the page of a request watches."""
    return ui_live.watching([cases.topic_of(case)], reader=viewer.id, at=url("desk:live"))
