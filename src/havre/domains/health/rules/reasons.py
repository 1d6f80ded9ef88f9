"""Why something is left to pay, in words, in both languages: what a statement line keeps for ever.

Kept with the line and not looked up when it is read, so that what was said stays said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from babel.numbers import format_currency

from havre.domains.health.rules.proposal import Proposal, Step
from havre.domains.health.words import Because, Said
from havre.domains.products.words import Per
from havre.foundation.money import Money

_NO_BREAK = "\N{NO-BREAK SPACE}"
_SENTENCES = {
    Because.NOT_COVERED: (
        "Votre contrat ne couvrait pas ces soins ce jour-là.",
        "Your contract did not cover this care on that day.",
    ),
    Because.WAITING: (
        "Le délai d’attente de cette garantie n’était pas terminé.",
        "The waiting period of this guarantee was not over.",
    ),
    Because.NO_AGREEMENT: (
        "Ces soins demandaient un accord préalable, que nous n’avons pas.",
        "This care needed our agreement beforehand, which we do not have.",
    ),
    Because.PERCENT: (
        "Votre garantie rembourse une partie des frais\N{NO-BREAK SPACE}: {takes} restent à votre charge.",
        "Your cover reimburses a part of the cost: {takes} is left to pay.",
    ),
    Because.PER_ACT: (
        "Votre garantie s’arrête à {limit} pour ces soins\N{NO-BREAK SPACE}: {takes} au-delà.",
        "Your cover stops at {limit} for this care: {takes} is beyond it.",
    ),
    Because.COUNT: (
        "Le nombre de séances remboursées, {limit} {over}, est atteint\N{NO-BREAK SPACE}: {takes} au-delà.",
        "The number of sessions reimbursed, {limit} {over}, is reached: {takes} is beyond it.",
    ),
    Because.CEILING: (
        "Il restait {limit} de votre limite {over}\N{NO-BREAK SPACE}: {takes} au-delà.",
        "There was {limit} left of your limit {over}: {takes} is beyond it.",
    ),
    Because.DEDUCTIBLE: (
        "Votre franchise de l’année s’applique\N{NO-BREAK SPACE}: {takes} à votre charge.",
        "Your deductible of the year applies: {takes} is left to pay.",
    ),
    Because.OVERALL: (
        "Il restait {limit} de la limite annuelle de votre contrat\N{NO-BREAK SPACE}: {takes} au-delà.",
        "There was {limit} left of your contract’s limit of the year: {takes} is beyond it.",
    ),
    Because.AGREED_PERCENT: (
        "L’accord préalable porte sur {limit}\N{NO-BREAK SPACE}% des frais\N{NO-BREAK SPACE}: "
        "{takes} restent à votre charge.",
        "We agreed beforehand to {limit}% of the cost: {takes} is left to pay.",
    ),
    Because.AGREED: (
        "Il restait {limit} de l’accord préalable\N{NO-BREAK SPACE}: {takes} au-delà.",
        "There was {limit} left of what we agreed to beforehand: {takes} is beyond it.",
    ),
}
_OVER = {
    Per.YEAR: ("de l’année", "of the year"),
    Per.MONTHS_24: ("sur 24 mois", "over 24 months"),
    Per.LIFETIME: ("de toujours", "for life"),
}


def reason(proposal: Proposal) -> Said | None:
    """Every reason, in the order in which they came into play; none where nothing is left to pay."""
    said = [step for step in proposal.steps if step.because in _SENTENCES]
    if not said or proposal.owed.left.amount <= 0:
        return None
    shares = list(_shared(said, proposal.owed.left))
    return Said(_in("fr", shares), _in("en", shares))


def _shared(steps: Iterable[Step], left: Money) -> Iterator[Step]:
    """The steps with what each leaves to pay, no more together than is left: others may have paid it."""
    for step in steps:
        part = min(step.takes, left)
        left -= part
        if part.amount > 0:
            yield replace(step, takes=part)


def _in(language: str, steps: Iterable[Step]) -> str:
    return " ".join(_sentence(step, language) for step in steps)


def _sentence(step: Step, language: str) -> str:
    at = 0 if language == "fr" else 1
    over = _OVER.get(step.ceiling.per, ("", ""))[at] if step.ceiling else ""
    limit = _money(step.limit, language) if isinstance(step.limit, Money) else step.limit
    takes = _money(step.takes, language)
    return _SENTENCES[step.because][at].format(takes=takes, limit=limit, over=over)


def _money(amount: Money, language: str) -> str:
    locale = "fr" if language == "fr" else "en_GB"
    written = format_currency(amount.amount, amount.currency, locale=locale)
    return written.replace("\u202f", _NO_BREAK)
