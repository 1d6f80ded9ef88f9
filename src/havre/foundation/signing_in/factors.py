"""What somebody has beside the password: passkeys, an app for codes, recovery codes.

The same for members and staff, in tables of their own: the role that serves the one has no right on the
other's, so neither door can add a factor to an account that is not its own. Each function needs a
transaction, and the lock of the owner where it says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from havre.foundation.crypto import Place, drawn_code, provisional_key, secret_digest, vault
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal
from havre.foundation.signing_in import passkeys
from havre.foundation.signing_in.codes import DIGITS, app_address, new_app_secret, step_of
from havre.foundation.signing_in.passkeys import Challenge, NewPasskey, Site, WrongPasskey
from havre.foundation.signing_in.words import AppBegun, FactorKind, FactorSeen, FactorsSeen

CODES = 10
MOST_PASSKEYS = 10
_SETTING_UP = timedelta(hours=1)


class AppAlreadyThere(Refusal):
    """There is an app for codes: it is removed before another one is added."""


class NoAppBegun(Refusal):
    """No app is being set up, or for too long."""


class TooManyPasskeys(Refusal):
    """There are ``MOST_PASSKEYS``: one is removed before another is added."""


class UnknownFactor(Refusal):
    """There is no such factor."""


@dataclass(frozen=True)
class Tables:
    """Where factors are kept, by the column that names their owner."""

    owner: str
    passkeys: Any
    apps: Any
    codes: Any
    secret_place: Callable[[UUID], Place]

    def of(self, table: Any, owner: UUID) -> Any:
        return table.objects.filter(**{self.owner: owner})


@dataclass(frozen=True)
class Saving:
    """Whether things can be saved; where they cannot, what this process keeps of the app's last code."""

    can_save: Callable[[], bool]
    last_step: Callable[[UUID, int | None], int | None]
    note_step: Callable[[UUID, int], None]

    def held(self, rows: Any) -> Any:
        """The rows, locked where that is allowed."""
        return rows.select_for_update() if self.can_save() else rows


def begin_app(tables: Tables, *, owner: UUID, now: datetime) -> None:
    """Draw the secret of an app, which opens nothing until a code of it is given. Under the owner's lock.

    One that is being set up stays: a double click draws nothing anew. Refuses ``AppAlreadyThere``.
    """
    found = tables.of(tables.apps, owner).first()
    if found and found.added_at:
        raise AppAlreadyThere
    if found and now - found.begun_at < _SETTING_UP:
        return
    tables.of(tables.apps, owner).delete()
    row_id = new_id()
    tables.apps(
        id=row_id,
        secret=vault().seal(new_app_secret(), place=tables.secret_place(row_id)),
        begun_at=now,
        **{tables.owner: owner},
    ).save(force_insert=True)


def finish_app(tables: Tables, *, owner: UUID, code: str, now: datetime) -> bool:
    """Add the app that shows ``code``; false where it is not its code. Under the owner's lock.

    Refuses ``NoAppBegun``.
    """
    found = tables.of(tables.apps, owner).filter(added_at=None).first()
    if found is None or now - found.begun_at >= _SETTING_UP:
        raise NoAppBegun
    secret = vault().open(bytes(found.secret), place=tables.secret_place(found.id))
    step = step_of(code, secret=secret, now=now, after=None)
    if step is None:
        return False
    found.added_at, found.last_step = now, step
    found.save(update_fields=["added_at", "last_step"])
    return True


def add_passkey(
    tables: Tables,
    *,
    owner: UUID,
    answer: Mapping[str, Any],
    site: Site,
    state: Mapping[str, Any],
    name: str,
    now: datetime,
) -> None:
    """Keep the passkey that a device made. Under the owner's lock.

    Refuses :class:`WrongPasskey` or :class:`TooManyPasskeys`.
    """
    if tables.of(tables.passkeys, owner).count() >= MOST_PASSKEYS:
        raise TooManyPasskeys
    made = passkeys.read_new(answer, site=site, state=state)
    if tables.passkeys.objects.filter(credential=made.credential).exists():
        raise WrongPasskey
    tables.passkeys(
        id=new_id(),
        credential=made.credential,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=name,
        added_at=now,
        **{tables.owner: owner},
    ).save(force_insert=True)


def remove_factor(tables: Tables, *, owner: UUID, factor: UUID) -> None:
    """Remove a passkey or the app, and with the last one the recovery codes. Under the owner's lock.

    Refuses ``UnknownFactor``.
    """
    removed, _ = tables.of(tables.passkeys, owner).filter(id=factor).delete()
    apps = tables.of(tables.apps, owner).filter(id=factor).exclude(added_at=None)
    if not removed + apps.delete()[0]:
        raise UnknownFactor
    if not has_factor(tables, owner=owner):
        tables.of(tables.codes, owner).delete()


def remove_factors(tables: Tables, *, owner: UUID) -> int:
    """Remove every factor of somebody who lost them; how many."""
    removed = tables.of(tables.passkeys, owner).delete()[0]
    removed += tables.of(tables.apps, owner).delete()[0]
    tables.of(tables.codes, owner).delete()
    return int(removed)


def renew_codes(tables: Tables, *, owner: UUID, now: datetime) -> tuple[str, ...]:
    """New recovery codes; the ones before no longer open. Under the owner's lock.

    Refuses ``UnknownFactor`` where there is no factor to recover from.
    """
    if not has_factor(tables, owner=owner):
        raise UnknownFactor
    tables.of(tables.codes, owner).delete()
    codes = tuple(drawn_code() for _ in range(CODES))
    tables.codes.objects.bulk_create(
        tables.codes(
            id=new_id(),
            digest=secret_digest(provisional_key(), code),
            made_at=now,
            **{tables.owner: owner},
        )
        for code in codes
    )
    return codes


def has_codes(tables: Tables, *, owner: UUID) -> bool:
    return bool(tables.of(tables.codes, owner).exists())


def has_factor(tables: Tables, *, owner: UUID) -> bool:
    """Whether signing in asks for more than the password."""
    apps = tables.of(tables.apps, owner).exclude(added_at=None)
    return bool(tables.of(tables.passkeys, owner).exists() or apps.exists())


def take_code(tables: Tables, saving: Saving, *, owner: UUID, code: str, now: datetime) -> bool:
    """Take a code of the app or a recovery code, each once."""
    if is_of_app(code):
        return _take_app_code(tables, saving, owner=owner, code=code, now=now)
    if not saving.can_save():  # it could not be crossed out
        return False
    digest = secret_digest(provisional_key(), code)
    live = tables.of(tables.codes, owner).filter(digest=digest, used_at=None)
    return bool(live.update(used_at=now))


def take_passkey(
    tables: Tables,
    saving: Saving,
    *,
    owner: UUID | None,
    answer: Mapping[str, Any],
    site: Site,
    state: Mapping[str, Any],
    now: datetime,
) -> UUID:
    """Whose passkey answered: one of ``owner``, or of anybody where none is named.

    Its device verified its owner, so it stands for both steps. Refuses :class:`WrongPasskey`.
    """
    credential = passkeys.credential_of(answer)
    rows = saving.held(tables.passkeys.objects.filter(credential=credential))
    row = (rows.filter(**{tables.owner: owner}) if owner else rows).first()
    if row is None:
        raise WrongPasskey
    kept = NewPasskey(bytes(row.credential), bytes(row.public_key), row.sign_count)
    row.sign_count = passkeys.read(answer, site=site, state=state, held=kept)
    row.used_at = now
    if saving.can_save():
        row.save(update_fields=["sign_count", "used_at"])
    found: UUID = getattr(row, tables.owner)
    return found


def is_of_app(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def factors_of(tables: Tables, *, owner: UUID) -> FactorsSeen:
    """Passkeys, the oldest first, then the app. Three statements."""
    found = [
        FactorSeen(row.id, FactorKind.PASSKEY, row.name, row.added_at, row.used_at)
        for row in tables.of(tables.passkeys, owner).order_by("added_at")
    ]
    found += [
        FactorSeen(app.id, FactorKind.APP, "", app.added_at, app.used_at)
        for app in tables.of(tables.apps, owner).exclude(added_at=None)
    ]
    left = tables.of(tables.codes, owner).filter(used_at=None).count()
    return FactorsSeen(tuple(found), left)


def app_begun(tables: Tables, *, owner: UUID, shown: str, house: str) -> AppBegun | None:
    """The app that is being set up, under the name it will show; none where none is."""
    row = tables.of(tables.apps, owner).filter(added_at=None).first()
    if row is None:
        return None
    secret = vault().open(bytes(row.secret), place=tables.secret_place(row.id))
    return AppBegun(secret, app_address(secret, account=shown, house=house))


def new_passkey_challenge(
    tables: Tables, *, site: Site, owner: UUID, shown: str, name: str
) -> Challenge:
    """Ask a device for a new passkey, unless it holds one of this owner already."""
    held = _credentials(tables, owner)
    return passkeys.ask_new(site=site, account=owner, number=shown, name=name, held=held)


def passkey_challenge(tables: Tables, *, site: Site, owner: UUID | None) -> Challenge:
    """Ask for a passkey of ``owner``, or for anybody's where none is named."""
    return passkeys.ask(site=site, held=_credentials(tables, owner) if owner else [])


def _credentials(tables: Tables, owner: UUID) -> list[bytes]:
    found = tables.of(tables.passkeys, owner).values_list("credential", flat=True)
    return [bytes(one) for one in found]


def _take_app_code(
    tables: Tables, saving: Saving, *, owner: UUID, code: str, now: datetime
) -> bool:
    app = saving.held(tables.of(tables.apps, owner)).first()
    if app is None or app.added_at is None:
        return False
    secret = vault().open(bytes(app.secret), place=tables.secret_place(app.id))
    step = step_of(code, secret=secret, now=now, after=saving.last_step(app.id, app.last_step))
    if step is None:
        return False
    if not saving.can_save():
        saving.note_step(app.id, step)
        return True
    app.last_step, app.used_at = step, now
    app.save(update_fields=["last_step", "used_at"])
    return True
