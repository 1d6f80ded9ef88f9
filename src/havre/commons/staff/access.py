"""Who a session of the desk is, and what each role may do."""

from datetime import datetime
from functools import lru_cache
from importlib.resources import files

from havre.commons.staff.models import CodeApp, Passkey, RecoveryCode, Session, app_secret_place
from havre.commons.staff.rules import roles
from havre.commons.staff.words import Matrix
from havre.foundation.signing_in.factors import Tables
from havre.foundation.signing_in.sessions import Sessions

STAFF = "staff"
"""Where the data of a session name who works here."""
FACTORS = Tables(
    owner="staff_id",
    passkeys=Passkey,
    apps=CodeApp,
    codes=RecoveryCode,
    secret_place=app_secret_place,
)


class SessionStore(Sessions):
    """The sessions of staff, apart from those of members."""

    owner_column, owner_key = "staff_id", STAFF

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def kept(self, *, key: str, now: datetime) -> str | None:
        found = Session.objects.filter(session_key=key, expire_date__gt=now)
        return found.values_list("session_data", flat=True).first()


@lru_cache(maxsize=1)
def matrix() -> Matrix:
    """What each role may do, as ``roles.yaml`` says. Read once."""
    return roles.read((files("havre.commons.staff") / "roles.yaml").read_text(encoding="utf-8"))
