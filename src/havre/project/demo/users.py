"""Each user of the database that the loading acts as, signed in once and kept; each password hashed once."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from os import environ
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.utils import override_settings

from havre.foundation.db.roles import Role
from havre.project.installation import SETTING_OF

_signed_in: dict[Role, Any] = {}
_SALT = token_urlsafe(16)


class HashedOnce(Argon2PasswordHasher):
    """The demo's accounts share one password, of 120 random bits: they share its hash too."""

    @cache  # noqa: B019  # lives as long as the loading
    def encode(self, password: str, salt: str) -> str:
        return super().encode(password, salt)

    def salt(self) -> str:
        return _SALT


@contextmanager
def hashed_once() -> Iterator[None]:
    """Hash each password once, however many accounts have it."""
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.{HashedOnce.__name__}"]):
        yield


@contextmanager
def signed_in_as(user: Role) -> Iterator[None]:
    """Be another user of the database for a while; a user's connection is kept until :func:`leave`."""
    before = connections[DEFAULT_DB_ALIAS]
    if user not in _signed_in:
        _signed_in[user] = _connection(user)
    connections[DEFAULT_DB_ALIAS] = _signed_in[user]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before


def leave() -> None:
    """Close every connection, those of the pool too."""
    while _signed_in:
        _signed_in.popitem()[1].close()
    own = connections[DEFAULT_DB_ALIAS]
    own.close()
    own.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it


def _connection(user: Role) -> Any:
    """One of its own: the pool goes by the alias, which all users share."""
    from havre.project.django_settings import database_of

    made = connections.create_connection(DEFAULT_DB_ALIAS)
    described = database_of(environ[SETTING_OF[user]])
    described["OPTIONS"].pop("pool")
    made.settings_dict = deepcopy({**made.settings_dict, **described})
    return made
