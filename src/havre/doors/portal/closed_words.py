"""What someone whose account is closed reads, once the pair is right: why, and what to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from havre.commons.accounts.words import ClosedFor


@dataclass(frozen=True)
class ClosedWords:
    """``note`` and ``why`` stand together on top; ``steps`` say what to do; ``after`` what goes on."""

    title: str
    note: str
    why: str
    steps: tuple[str, ...]
    after: str = ""


def closed_words(why: ClosedFor) -> ClosedWords:
    """The words for a reason, in the language now active."""
    if why is ClosedFor.END_OF_RELATIONS:
        return _ended()
    return _in_mourning() if why is ClosedFor.DEATH else _for_now(*_said(why))


def _said(why: ClosedFor) -> tuple[str, ...]:
    """Why it is closed, then what to do."""
    match why:
        case ClosedFor.ASKED:
            return (
                _("You asked us to suspend your access, by phone or by mail."),
                _(
                    "When you want it back, call us or write to us: we check who you are and open it."
                ),
            )
        case ClosedFor.MISUSE:
            return (
                _("We closed it because it was used in a way that the terms of use do not allow."),
                _("Call us or write to us: we tell you what we saw, and you can answer it."),
                _("The terms of use say how to complain, and to whom after us."),
            )
        case ClosedFor.ATTEMPTS:
            return (
                _("We closed it because someone tried many times to get in without the right to."),
                _("It may well not be you. Call us: we check who you are and open it again."),
            )
        case ClosedFor.FRAUD_REPORTED:
            return (
                _(
                    "We closed it because we were told that your codes were stolen or used by others."
                ),
                _("Call us: we look at what happened with you, then open it with a new password."),
            )
    return (
        _(
            "Someone, you perhaps, told us that a change was not yours. Your account stays"
            " closed until we have checked it with you."
        ),
        _(
            "Call us or write to us. We check who you are, then we open your account again"
            " and you choose a new password."
        ),
    )


def _for_now(why: str, *steps: str) -> ClosedWords:
    return ClosedWords(
        _("Your account is closed for now"),
        _("Nobody can sign in"),
        why,
        steps,
        _("Your contracts, your cover and your reimbursements go on as before."),
    )


def _ended() -> ClosedWords:
    return ClosedWords(
        _("Your access has ended"),
        _("Your last contract ended some time ago"),
        _("Access to the member space goes on for a time after it, then closes by itself."),
        (
            _(
                "You can still ask us for a certificate, a reimbursement statement or a copy"
                " of your data: call us or write to us with your adherent number and a proof"
                " of identity."
            ),
            _("With a new contract your access opens again, with the same number."),
        ),
    )


def _in_mourning() -> ClosedWords:
    return ClosedWords(
        _("This account is closed"),
        _("We were told that its holder has died"),
        _("We are sorry for your loss, and we are here for those close to them."),
        (
            _(
                "You do not need this account. One call is enough: someone tells you what is"
                " due to the family, and which papers to send, when you feel able to."
            ),
            _("We also tell you what becomes of the cover of the others of the household."),
            _("If this is a mistake, tell us: we open the account again."),
        ),
    )
