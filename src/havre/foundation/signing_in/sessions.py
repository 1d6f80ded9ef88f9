"""Django's sessions in the database; sealed in their cookie where nothing can be saved."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

from havre.foundation.crypto import Place, UnknownKey, vault

CARRIED = "carried."
"""How the cookie of a session begins that travels in it."""
_COOKIE = Place("session", "cookie", "carried")


def can_save() -> bool:
    """False where the database only reads: a replica, or one that is being moved or restored."""
    return not settings.HAVRE.READ_ONLY


class Sessions(db.SessionStore):
    """Sessions that have not ended. A table of them names their owner, repeats when and where they
    were used, and has a ``handle`` to name them by.
    """

    owner_column: str
    owner_key: str
    """Where the session's data name the owner."""

    def kept(self, *, key: str, now: datetime) -> str | None:
        """The data of the session of that key, if it ends after ``now``."""
        raise NotImplementedError

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        setattr(row, self.owner_column, data.get(self.owner_key))
        for column in ("handle", "zone", "browser", "system"):
            setattr(row, column, data.get(column) or None)
        row.began_at, row.used_at = _moment(data.get("began")), _moment(data.get("used"))
        return row

    def load(self) -> dict[str, Any]:
        if self.session_key and self.session_key.startswith(CARRIED):
            return self._carried()
        found = self.kept(key=self.session_key, now=_ended_before()) if self.session_key else None
        if found is None:
            self._session_key = None
            return {}
        data: dict[str, Any] = self.decode(found)
        return data

    # Where nothing can be saved, a new session travels in its cookie, sealed: the browser cannot read or
    # change it. It ends with its longest time, or when things can be saved again.

    def create(self) -> None:
        if can_save():
            return super().create()
        self.save(must_create=True)
        self.modified = True
        return None

    def save(self, must_create: bool = False) -> None:
        if can_save():
            return super().save(must_create)
        self._session_key = _sealed(dict(self.items()))
        return None

    def delete(self, session_key: str | None = None) -> None:
        """Where nothing can be saved, the browser forgets the session, and a row ends by its time."""
        if can_save():
            super().delete(session_key)

    def _carried(self) -> dict[str, Any]:
        data = None if can_save() else _opened(self.session_key or "")
        if data is None:
            self._session_key = None
        return data or {}


def _sealed(data: dict[str, Any]) -> str:
    """One that signs nobody in yet, between two steps, keeps the short life that it was given."""
    short = data.get("_session_expiry")
    until = timezone.now() + (timedelta(seconds=short) if short else _longest())
    text = json.dumps({"until": int(until.timestamp()), "data": data})
    return CARRIED + urlsafe_b64encode(vault().seal(text, place=_COOKIE)).decode().rstrip("=")


def _opened(key: str) -> dict[str, Any] | None:
    text = key.removeprefix(CARRIED)
    try:
        sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        carried = json.loads(vault().open(sealed, place=_COOKIE))
    except (ValueError, UnknownKey):
        return None
    data: dict[str, Any] = carried["data"]
    return data if timezone.now().timestamp() < carried["until"] else None


def _longest() -> timedelta:
    return timedelta(hours=settings.HAVRE.SESSION_LONGEST_HOURS)


def _ended_before() -> datetime:
    """Sessions that ended before this moment are over.

    Where nothing can be saved, use leaves no trace: a session then lasts its longest time.
    """
    return timezone.now() - (timedelta() if can_save() else _longest())


def _moment(stamp: int | None) -> datetime | None:
    return datetime.fromtimestamp(stamp, UTC) if stamp else None
