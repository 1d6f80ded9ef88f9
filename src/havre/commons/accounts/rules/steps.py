"""The steps between a provisional password and home, in an order nobody skips."""

from havre.commons.accounts.words import Step


def next_step(*, password_chosen: bool, email_confirmed: bool, terms_accepted: bool) -> Step:
    """Where an account stands; an unfinished first sign-in resumes here."""
    if not password_chosen:
        return Step.PASSWORD
    if not email_confirmed:
        return Step.EMAIL
    return Step.HOME if terms_accepted else Step.TERMS
