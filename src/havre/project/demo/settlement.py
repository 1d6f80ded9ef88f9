"""How the demo's insurer settles one act, so that every amount and reason on a statement adds up.

In the contract's currency: cost = primary scheme + other insurer + reimbursed + left to pay.
The deductible applied is part of what is left to pay; the scheme's share counts within the guarantee.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from havre.foundation.dates import add_months
from havre.foundation.money import Money
from havre.journeys.loading.records import Bilingual
from havre.project.demo.care import Act
from havre.project.demo.products import (
    DEDUCTIBLE_CLAUSE,
    UNITS,
    WINDOWS,
    Guarantee,
    Plan,
    money_in_words,
)

ZERO = Decimal("0.00")

_CAUSES = {
    "PER_ACT": Bilingual(
        fr="Votre garantie s’arrête à {limit} par {unit}.",
        en="Your cover stops at {limit} a {unit}.",
    ),
    "WINDOW": Bilingual(
        fr="Votre limite de {limit} {window} est atteinte.",
        en="Your limit of {limit} {window} is reached.",
    ),
    "ACTS": Bilingual(
        fr="Vos {acts} séances de l’année sont remboursées.",
        en="Your {acts} sessions of the year have been reimbursed.",
    ),
    "PERCENT": Bilingual(
        fr="Votre garantie rembourse {percent}\N{NO-BREAK SPACE}% des frais.",
        en="Your cover reimburses {percent}% of the cost.",
    ),
}
_REST = Bilingual(
    fr="La différence, {missing}, n’est pas remboursée.",
    en="The difference, {missing}, is not reimbursed.",
)
_DEDUCTIBLE = Bilingual(
    fr="Votre franchise de {whole} par an s’applique, soit {part} à votre charge.",
    en="Your deductible of {whole} a year applies, which leaves {part} to pay.",
)


@dataclass(frozen=True)
class Settlement:
    primary: Decimal
    other: Decimal
    deductible: Decimal
    ceiling_left: Decimal | None
    reimbursed: Decimal
    left: Decimal
    reason: Bilingual | None
    clause: Bilingual | None


@dataclass(frozen=True)
class Used:
    """What one person has used of a guarantee in its window."""

    amount: Decimal
    acts: int


@dataclass
class Ledger:
    """What a household has used under one contract. Acts are settled in the order of care."""

    plan: Plan
    _used: dict[tuple[str, str], list[tuple[date, Decimal]]] = field(default_factory=dict)
    _deducted: dict[tuple[str, int], Decimal] = field(default_factory=dict)

    def settle(
        self, *, person: str, act: Act, day: date, cost: Decimal, other: Decimal = ZERO
    ) -> Settlement:
        """``cost`` in the contract's currency; ``other``: what another insurer has paid of it."""
        guarantee = self.plan.guarantees[act.guarantee]
        used = self._window(person, guarantee, day)
        within, cause = _within(guarantee, used, cost)
        primary = self._primary(act, cost)
        due = max(ZERO, within - primary - other)
        deductible = min(due, self.plan.deductible - self._deducted.get((person, day.year), ZERO))
        self._deducted[person, day.year] = self._deducted.get((person, day.year), ZERO) + deductible
        reimbursed = due - deductible
        counted = reimbursed + (primary if self.plan.scheme == "CFE_COMPLEMENT" else ZERO)
        self._used.setdefault((person, guarantee.code), []).append((day, counted))
        left = cost - primary - other - reimbursed
        reasons = list(self._reasons(guarantee, cause, left=left, deductible=deductible))
        return Settlement(
            primary=primary,
            other=other,
            deductible=deductible,
            ceiling_left=guarantee.per_window
            and max(ZERO, guarantee.per_window - used.amount - counted),
            reimbursed=reimbursed,
            left=left,
            reason=_joined([sentence for sentence, _clause in reasons]),
            clause=_clauses([clause for _sentence, clause in reasons]),
        )

    def _primary(self, act: Act, cost: Decimal) -> Decimal:
        if self.plan.scheme != "CFE_COMPLEMENT":
            return ZERO
        return min(_cents(cost * act.cfe_percent / 100, self.plan.currency), act.cfe_limit)

    def _window(self, person: str, guarantee: Guarantee, day: date) -> Used:
        """A year is the calendar's; 24 months are those up to the day of care."""
        first = day.replace(month=1, day=1)
        if guarantee.months != 12:
            first = add_months(day, -guarantee.months) + timedelta(days=1)
        known = self._used.get((person, guarantee.code), ())
        amounts = [amount for on, amount in known if on >= first]
        return Used(sum(amounts, ZERO), len(amounts))

    def _reasons(
        self, guarantee: Guarantee, cause: str | None, *, left: Decimal, deductible: Decimal
    ) -> Iterator[tuple[Bilingual, str]]:
        """Why something is left to pay, each with its clause."""
        if left > deductible and cause is not None:
            yield self._because(guarantee, cause, left - deductible), guarantee.clause
        if deductible:
            amounts = {"whole": self.plan.deductible, "part": deductible}
            yield self._said(_DEDUCTIBLE, amounts), DEDUCTIBLE_CLAUSE

    def _because(self, guarantee: Guarantee, cause: str, missing: Decimal) -> Bilingual:
        limit = guarantee.per_act if cause == "PER_ACT" else guarantee.per_window
        return self._said(
            _joined([_CAUSES[cause], _REST]),
            {"limit": limit or ZERO, "missing": missing},
            {"unit": UNITS[guarantee.unit], "window": WINDOWS[guarantee.months]},
            {"acts": guarantee.acts, "percent": guarantee.percent},
        )

    def _said(
        self,
        sentence: Bilingual | None,
        amounts: Mapping[str, Decimal],
        words: Mapping[str, Bilingual] | None = None,
        numbers: Mapping[str, object] | None = None,
    ) -> Bilingual:
        """The sentence in both languages, each with its way of writing amounts."""
        said = {}
        for language in ("fr", "en"):
            filled: dict[str, object] = {
                name: money_in_words(amount, self.plan.currency, language)
                for name, amount in amounts.items()
            }
            filled |= {name: getattr(word, language) for name, word in (words or {}).items()}
            said[language] = getattr(sentence, language).format(**filled, **(numbers or {}))
        return Bilingual(**said)


def _within(guarantee: Guarantee, used: Used, cost: Decimal) -> tuple[Decimal, str | None]:
    """What of the cost counts for the guarantee, and which of its limits came last into play."""
    if guarantee.acts is not None and used.acts >= guarantee.acts:
        return ZERO, "ACTS"
    within = (cost * guarantee.percent / 100).quantize(Decimal("0.01"))
    cause = "PERCENT" if within < cost else None
    if guarantee.per_act is not None and guarantee.per_act < within:
        within, cause = guarantee.per_act, "PER_ACT"
    if guarantee.per_window is not None and guarantee.per_window - used.amount < within:
        within, cause = max(ZERO, guarantee.per_window - used.amount), "WINDOW"
    return within, cause


def _cents(amount: Decimal, currency: str) -> Decimal:
    return Money.rounded(amount, currency).amount


def _clauses(clauses: list[str]) -> Bilingual | None:
    if not clauses:
        return None
    several = "s" if len(clauses) > 1 else ""
    return Bilingual(
        fr=f"Conditions générales, article{several} {' et '.join(clauses)}",
        en=f"General conditions, clause{several} {' and '.join(clauses)}",
    )


def _joined(parts: list[Bilingual]) -> Bilingual | None:
    if not parts:
        return None
    return Bilingual(fr=" ".join(one.fr for one in parts), en=" ".join(one.en for one in parts))
