"""What is said at a gate: too many tries, a password that will not do, a code that does not open."""

import math
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.foundation.signing_in.words import PasswordFault


def wait_words(until: datetime, *, now: datetime) -> str:
    """What someone who guessed too often is told."""
    seconds = math.ceil((until - now).total_seconds())
    if seconds <= 90:
        wait = ngettext("%(num)d second", "%(num)d seconds", seconds) % {"num": seconds}
    else:
        minutes = math.ceil(seconds / 60)
        wait = ngettext("%(num)d minute", "%(num)d minutes", minutes) % {"num": minutes}
    return _("Too many attempts. Wait %(wait)s, then try again.") % {"wait": wait}


def password_fault(fault: PasswordFault) -> str:
    """Why a password is refused, and what to do."""
    return {
        PasswordFault.TOO_SHORT: _(
            "Too short: 12 characters or more, four short words for instance."
        ),
        PasswordFault.TOO_LONG: _("Too long: 128 characters at the most."),
        PasswordFault.KNOWN: _(
            "This password is on the lists that thieves try first. Choose another one."
        ),
        PasswordFault.PROVISIONAL: _(
            "This is the provisional password. Choose another one, of your own."
        ),
        PasswordFault.ABOUT_YOU: _(
            "This password holds your name or your number. Choose words that say nothing of you."
        ),
    }[fault]


def wrong_code() -> str:
    """One sentence for a code that is wrong, too old, or was taken before."""
    return _("This code does not open. Each one opens once: type the newest, or another one.")


def wrong_passkey() -> str:
    return _("This passkey does not open here. Try again, or choose another way.")
