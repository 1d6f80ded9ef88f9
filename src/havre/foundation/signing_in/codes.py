"""The codes of an app that shows a new one every thirty seconds (TOTP, RFC 6238)."""

import hmac
from datetime import datetime

import pyotp

INTERVAL = 30
DIGITS = 6
_DRIFT = (0, -1, 1)  # a clock that is up to thirty seconds early or late


def new_app_secret() -> str:
    """160 random bits in base32, as an app reads them."""
    return pyotp.random_base32()


def step_of(code: str, *, secret: str, now: datetime, after: int | None) -> int | None:
    """The interval whose code this is, or none. Those up to ``after`` are refused: none opens twice."""
    here = int(now.timestamp()) // INTERVAL
    app = pyotp.TOTP(secret, digits=DIGITS, interval=INTERVAL)
    for step in (here + drift for drift in _DRIFT):
        if (after is None or step > after) and hmac.compare_digest(
            app.generate_otp(step).encode(), code.encode()
        ):
            return step
    return None


def app_address(secret: str, *, account: str, house: str) -> str:
    """What the QR code holds: the secret, and under which name the app shows it."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=INTERVAL).provisioning_uri(
        name=account, issuer_name=house
    )
