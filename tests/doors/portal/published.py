"""The demo's content, published in the tests' database."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from havre.commons.content import actions
from havre.commons.content.actions import Folder
from havre.foundation.db import Role
from havre.project.demo.papers import write_content
from havre.project.house_facts import house_facts
from havre.project.urls import page_names
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, TODAY


@cache
def folder() -> Folder:
    made = Path(mkdtemp(prefix="havre-content-"))
    write_content(made)
    return actions.read_folder(made, facts=house_facts(settings.HAVRE), pages=page_names())


def publish_demo(*, now: datetime = NOW, today: date = TODAY) -> None:
    with acting_as(Role.WORKER):
        actions.publish(folder=folder(), author="tests", now=now, today=today)
