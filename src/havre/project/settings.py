"""Every setting, typed. A missing or a wrong one stops the start and is named."""

from base64 import b64decode, b64encode
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, get_args
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from havre.foundation.crypto import Vault, WrongKeys
from havre.foundation.db.roles import Role

REQUIRED = (
    "DATABASE_URL",
    "DATABASE_DESK_URL",
    "DATABASE_WORKER_URL",
    "DATABASE_OWNER_URL",
    "SECRET_KEY",
    "SEALING_KEYS",
    "BLIND_INDEX_KEY",
    "PROVISIONAL_KEY",
    "BASE_URL",
)
# A blind key to make a vault with, to see that the sealing keys make one.
_STAND_IN = b64encode(bytes(32)).decode()
Minutes = Annotated[int, Field(ge=1, le=60 * 24 * 30)]


class WrongSettings(Exception):
    """One line a setting: its name, what is wrong and what to do."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


class Settings(BaseSettings):
    """The environment, read once. Names are those of the environment variables, without a prefix."""

    model_config = SettingsConfigDict(
        case_sensitive=True, extra="ignore", hide_input_in_errors=True
    )

    DATABASE_URL: str = ""
    DATABASE_DESK_URL: str = ""
    DATABASE_WORKER_URL: str = ""
    DATABASE_OWNER_URL: str = ""
    DATABASE_POOL: Annotated[int, Field(ge=1, le=100)] = 8
    LIVE_WAITING: Annotated[int, Field(ge=0, le=500)] = 24
    """How many open pages of a web process wait for news at once; beyond, they ask every five seconds."""

    SECRET_KEY: str = ""
    SEALING_KEYS: str = ""
    """``id:base64`` pairs, comma between: the first seals, all open. 32 bytes each."""
    BLIND_INDEX_KEY: str = ""
    PROVISIONAL_KEY: str = ""

    BASE_URL: str = ""
    """Where members find the site, for instance https://members.example.org."""
    DESK_URL: str = ""
    """Where staff find the desk, without /desk/; empty where it is the members' address."""
    TRUSTED_PROXIES: Annotated[int, Field(ge=0, le=5)] = 0
    """How many reverse proxies stand in front and add to X-Forwarded-For and -Proto."""

    OPERATOR_NAME: str = "Havre"
    OPERATOR_LEGAL_NAME: str = ""
    OPERATOR_ADDRESS: str = ""
    OPERATOR_PHONE: str = ""
    OPERATOR_EMAIL: str = ""
    OPERATOR_HOURS_FR: str = (
        "Du lundi au vendredi, de 8\N{NO-BREAK SPACE}h à 18\N{NO-BREAK SPACE}h, heure de Paris"
    )
    OPERATOR_HOURS_EN: str = "Monday to Friday, 8:00 to 18:00, Paris time"
    OPERATOR_LOGO: Path | None = None
    """An SVG or PNG file; without it the name stands alone."""
    OPERATOR_TIME_ZONE: str = "Europe/Paris"

    SMTP_URL: str = ""
    """smtp://user:password@host:587 (STARTTLS), smtps:// (TLS) or, on this machine only, smtp+plain://."""
    MAIL_FOLDER: Path | None = None
    """Write mails as files there instead of sending them (the demo's mailbox)."""
    MAIL_FROM: str = ""
    BOUNCES_FOLDER: Path | None = None
    """A maildir into which the mail server puts what comes back; the worker reads it each minute."""

    DOCUMENTS_FOLDER: Path = Path("documents")
    """Where the sealed files of documents lie. Every process that serves or works needs the same one."""

    UPLOAD_MAX_MB: Annotated[int, Field(ge=1, le=100)] = 25
    """The largest file that somebody may send."""
    CLAMAV_SOCKET: str = ""
    """Where clamd listens: the path of its socket, or HOST:PORT. Without it, cleaned only."""

    SEAL_KEY_FILE: Path | None = None
    """The private key that seals certificates: PEM, curve P-256, no password."""
    SEAL_CERTIFICATE_FILE: Path | None = None
    """The certificate of that key, PEM, followed by those above it if there are."""

    PROVISIONAL_MINUTES: Minutes = 24 * 60
    FORGOTTEN_PASSWORD_MINUTES: Minutes = 60
    LETTER_CODE_DAYS: Annotated[int, Field(ge=3, le=90)] = 30
    """How long the code of a letter opens an account: the post takes its time, abroad most of all."""
    NUMBER_MAIL_AFTER_SECONDS: tuple[int, int] = (120, 600)
    CONTACT_REVIEW_DELAY_MINUTES: Annotated[int, Field(ge=0, le=60 * 24 * 30)] = 72 * 60
    EMAIL_CODE_MINUTES: Minutes = 30
    SESSION_MINUTES: Minutes = 30
    SESSION_LONGEST_HOURS: Annotated[int, Field(ge=1, le=24 * 30)] = 12
    CONFIRMED_MINUTES: Minutes = 15
    """How long a session may do what is sensitive after it proved who it is."""
    FACTOR_REMEMBERED_DAYS: Annotated[int, Field(ge=1, le=365)] = 30
    """How long a device that gave a second factor is not asked for one, where its owner wishes."""
    EMAIL_CHANGE_HOURS: Annotated[int, Field(ge=0, le=24 * 30)] = 72
    BANK_CHANGE_HOURS: Annotated[int, Field(ge=0, le=24 * 30)] = 72
    """How long after a changed bank account was verified the first refund may go there."""
    LARGE_CLAIM: Annotated[int, Field(ge=0)] = 5000
    """From how many euros of care on a claim two persons look at it before it is validated."""
    MAJORITY_AGE: Annotated[int, Field(ge=14, le=21)] = 18
    ACCOUNT_AGE: Annotated[int, Field(ge=0, le=21)] = 15
    """From which age one may open an account of one's own."""
    ACCESS_AFTER_END_MONTHS: Annotated[int, Field(ge=0, le=120)] = 24
    """How long an account gives access after the last contract ended."""
    CONFIDENTIALITY: Path | None = None
    """A file of rules of confidentiality; without it, those that ship (docs/confidentiality.md)."""
    MESSAGE_MAIL_MINUTES: Minutes = 15
    """How long an answer may stay unread before a mail says that it waits."""
    MESSAGE_ANSWER_MINUTES: Minutes = 240
    """Within how many minutes of opening hours a message should be answered: the desk's target."""
    READ_ONLY: bool = False
    """The database is a replica, or is being restored or moved: everything reads, nothing is saved."""
    DEMO: bool = False
    """Set by ``havre demo`` alone, never by hand: fictional people, a mailbox page."""

    @field_validator("SEALING_KEYS")
    @classmethod
    def _sealing_keys(cls, value: str) -> str:
        try:
            if value:
                Vault.from_settings(value, _STAND_IN)
        except WrongKeys:  # whose text repeats what stands before a colon, a key perhaps
            raise ValueError(
                "each key is NAME:BASE64 of 32 random bytes, a comma between, each name once"
            ) from None
        return value

    @field_validator("CONFIDENTIALITY")
    @classmethod
    def _confidentiality(cls, value: Path | None) -> Path | None:
        """A misspelt category would be told to everyone: it stops the start."""
        from havre.domains.contracts.access import WrongRules, read
        from havre.journeys.loading.records import Category

        try:
            unknown = read(value).sensitive - set(get_args(Category)) if value else ()
        except WrongRules as wrong:
            raise ValueError(str(wrong)) from None
        if unknown:
            raise ValueError(f"no category of care: {', '.join(sorted(unknown))}")
        return value

    @field_validator("BLIND_INDEX_KEY", "PROVISIONAL_KEY")
    @classmethod
    def _one_key(cls, value: str) -> str:
        if value and len(_decoded(value)) != 32:
            raise ValueError("the BASE64 of 32 random bytes is expected")
        return value

    @field_validator("BLIND_INDEX_KEY")
    @classmethod
    def _blind_key(cls, value: str, info: ValidationInfo) -> str:
        sealing = str(info.data.get("SEALING_KEYS", ""))
        if value and _decoded(value) in {
            _decoded(pair.partition(":")[2]) for pair in sealing.split(",")
        }:
            raise ValueError("it is one of SEALING_KEYS, and has to be a key of its own")
        return value

    @field_validator("OPERATOR_TIME_ZONE")
    @classmethod
    def _time_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("the name of a time zone is expected, such as Europe/Paris")
        return value

    @field_validator("BASE_URL")
    @classmethod
    def _base_url(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://localhost", "http://127.0.0.1")):
            raise ValueError("https:// is expected (http:// only on localhost)")
        return value.rstrip("/")

    @field_validator("SMTP_URL")
    @classmethod
    def _smtp_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname):
            raise ValueError("smtp://HOST:587 (STARTTLS) or smtps://HOST (TLS) is expected")
        if parts.scheme == "smtp+plain" and parts.hostname not in {"localhost", "127.0.0.1"}:
            raise ValueError("mail leaves this machine encrypted: smtp:// or smtps://")
        return value

    @field_validator("CLAMAV_SOCKET")
    @classmethod
    def _clamav(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and not value.startswith("/") and not (host and port.isdigit()):
            raise ValueError("the path of clamd's socket (/run/clamav/clamd.ctl) or HOST:PORT")
        return value

    @field_validator("NUMBER_MAIL_AFTER_SECONDS")
    @classmethod
    def _window(cls, value: tuple[int, int]) -> tuple[int, int]:
        if not 0 <= value[0] <= value[1]:
            raise ValueError("two numbers of seconds are expected, the smaller first: [120, 600]")
        return value

    @property
    def desk_address(self) -> str:
        """Where staff find the desk, without the path."""
        return (self.DESK_URL or self.BASE_URL).rstrip("/")

    @property
    def provisional_life(self) -> timedelta:
        return timedelta(minutes=self.PROVISIONAL_MINUTES)

    def database_url(self, user: Role) -> str:
        """The address by which ``user`` signs in."""
        return {
            Role.WEB: self.DATABASE_URL,
            Role.DESK_WEB: self.DATABASE_DESK_URL,
            Role.WORKER: self.DATABASE_WORKER_URL,
            Role.OWNER: self.DATABASE_OWNER_URL,
        }[user]

    def missing(self) -> list[str]:
        """Names of required settings that are not set."""
        missing = [name for name in REQUIRED if not getattr(self, name)]
        if not self.SMTP_URL and not self.MAIL_FOLDER:
            missing.append("SMTP_URL")
        return missing


@lru_cache(maxsize=1)
def load() -> Settings:
    """The settings of this process.

    Raises :class:`WrongSettings` for a value of the wrong shape. What is merely missing is told by
    :meth:`Settings.missing`, so that linters and ``havre --help`` work with an empty environment.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in fault['loc'][:1])}: {fault['msg']}"
            for fault in error.errors(include_input=False)
        ]
        raise WrongSettings(lines) from None
    except SettingsError as error:  # a compound value that is no JSON; it names the field in quotes
        name = str(error).split('"')[1]
        raise WrongSettings([f"{name}: the value cannot be read. See docs/operations.md"]) from None


def require() -> Settings:
    """The settings, complete; :class:`WrongSettings` names what is missing."""
    settings = load()
    if missing := settings.missing():
        raise WrongSettings([f"{name}: not set. See docs/operations.md" for name in missing])
    return settings


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""
