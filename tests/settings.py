"""The settings of the tests: keys made for them, and a PostgreSQL that nothing else uses."""

import os
import sys
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

from havre.project.embedded import ensure
from havre.project.own_seal import own_seal

HOME = Path(__file__).resolve().parent.parent / ".cache" / "tests"

if "mypy" not in sys.modules:
    # `TEST_DATABASE_URL` is a superuser's address on another server (Debian's 15, say).
    superuser = os.environ.get("TEST_DATABASE_URL") or ensure(HOME, fast=True).superuser_dsn
    key = b64encode(bytes(range(32))).decode()
    os.environ.update(own_seal(HOME / "seal", name="Assurances du Large", now=datetime.now(UTC)))
    os.environ.update(
        {
            "DATABASE_URL": superuser,
            "DATABASE_DESK_URL": superuser,
            "DATABASE_WORKER_URL": superuser,
            "DATABASE_OWNER_URL": superuser,
            "SECRET_KEY": "tests only: not a secret",
            "SEALING_KEYS": f"t1:{key}",
            "BLIND_INDEX_KEY": b64encode(bytes(range(32, 64))).decode(),
            "PROVISIONAL_KEY": key,
            "BASE_URL": "http://localhost",
            "MAIL_FOLDER": str(HOME / "mailbox"),
            "DOCUMENTS_FOLDER": str(HOME / "documents"),
            "OPERATOR_NAME": "Assurances du Large",
            "OPERATOR_LEGAL_NAME": "Assurances du Large",
            "OPERATOR_ADDRESS": "1 quai de la Fiction, 00000 Port-Imaginaire",
            "OPERATOR_PHONE": "+33 1 99 00 12 34",
            "OPERATOR_EMAIL": "service@assurances-du-large.example",
        }
    )

from havre.project.django_settings import *  # noqa: E402, F403

# Builders change who the session is, which a pool would hand on to the next test.
DATABASES["default"]["OPTIONS"].pop("pool")  # noqa: F405
PASSWORD_HASHERS = ["tests.settings.QuickArgon2", *PASSWORD_HASHERS]  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402


class QuickArgon2(Argon2PasswordHasher):
    """The same function with little memory and one pass, so that the tests do not wait for it."""

    algorithm = "argon2"
    time_cost = 1
    memory_cost = 64
    parallelism = 1
