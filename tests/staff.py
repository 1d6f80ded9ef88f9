"""People who work at the desk, and their browsers, for tests. The clock is the real one: whether health is
open is asked of the database's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client, override_settings

from havre.commons.staff.actions.joining import email_index
from havre.commons.staff.models import CodeApp, StaffMember, app_secret_place, email_place
from havre.commons.staff.words import StaffRole, StaffState
from havre.doors.desk.identity import CONFIRMED, HANDLE
from havre.doors.desk.page import STAFF
from havre.foundation.crypto import vault
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from havre.project.desk_settings import desk_settings
from tests.database import acting_as

PASSWORD = "quiet harbour at dawn"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@contextmanager
def at_the_desk() -> Iterator[None]:
    """As the process of the desk is: its addresses, its cookies, its user of the database."""
    with override_settings(**desk_settings(settings.HAVRE)), acting_as(Role.DESK_WEB):
        yield


def a_staff(
    *roles: StaffRole | str, factor: bool = True, email: str = "", **changes: Any
) -> StaffMember:
    """Somebody who works here with these roles (an agent by default) and an app for codes (`SECRET`)."""
    row_id = new_id()
    address = email or f"{row_id}@desk.example"
    fields: dict[str, Any] = {
        "id": row_id,
        "email": vault().seal(address, place=email_place(row_id)),
        "email_index": email_index(address),
        "first_name": "Nadia",
        "last_name": "Ferrand",
        "language": "en",
        "roles": [StaffRole(role).value for role in roles or (StaffRole.AGENT,)],
        "state": StaffState.ACTIVE,
        "password": make_password(PASSWORD),
        "password_chosen_at": datetime.now(UTC),
        "invited_at": datetime.now(UTC),
    }
    row = StaffMember(**{**fields, **changes})
    builder = Actor(name="tests", channel=Channel.COMMAND, purpose="build")
    with acting_as(Role.OWNER), acting(actor=builder):
        row.save(force_insert=True)
        if factor:
            an_app(row)
    return row


def an_app(row: StaffMember) -> CodeApp:
    """An app for codes of this person, whose secret is `SECRET`. Be the owner."""
    app = CodeApp(id=new_id(), staff=row, begun_at=datetime.now(UTC), added_at=datetime.now(UTC))
    app.secret = vault().seal(SECRET, place=app_secret_place(app.id))
    app.save(force_insert=True)
    return app


def a_code(*, at: datetime | None = None) -> str:
    """What the app shows now."""
    return pyotp.TOTP(SECRET).at(at or datetime.now(UTC))


@dataclass(frozen=True)
class Desk:
    """Somebody signed in at the desk, and their browser. Use it inside :func:`at_the_desk`."""

    client: Client
    staff: StaffMember

    @property
    def id(self) -> UUID:
        return self.staff.id

    def page(self, path: str = "") -> str:
        """The page; it must be there."""
        answer = self.client.get(f"/desk/{path}")
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def post(self, path: str, **form: Any) -> Any:
        return self.client.post(f"/desk/{path}", form)


def signed_in_at_the_desk(staff: StaffMember, *, confirmed: bool = True) -> Desk:
    """A browser in which ``staff`` is signed in. Be at the desk."""
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = session_key(staff, confirmed=confirmed)
    return Desk(client, staff)


def session_key(staff: StaffMember, *, confirmed: bool = True, **more: Any) -> str:
    """The key of a new session of ``staff``. Be at the desk."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    stamp = int(datetime.now(UTC).timestamp())
    store.update({STAFF: str(staff.id), "began": stamp, "used": stamp, HANDLE: str(new_id())})
    if confirmed:
        store[CONFIRMED] = stamp
    store.update(more)
    store.save()
    return str(store.session_key)
