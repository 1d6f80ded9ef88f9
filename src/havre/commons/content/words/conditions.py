from collections.abc import Iterator
from datetime import date
from typing import Literal

from havre.commons.content.words.downloads import Day
from havre.commons.content.words.kinds import Bilingual, Key, Line, Part


class ConditionsPaper(Part, frozen=True):
    """General conditions in one language."""

    language: Literal["fr", "en"]
    file: Line


class GeneralConditions(Part, frozen=True):
    """One version of the general conditions of a product, or of some of its formulas.

    They apply from one day to another, both included, and without an end until the next ones do.
    """

    id: Key
    product: Line
    title: Bilingual
    version: Line
    applies_from: Day
    papers: tuple[ConditionsPaper, ...]
    formulas: tuple[Line, ...] = ()
    applies_until: Day | None = None

    @property
    def first_day(self) -> date:
        return date.fromisoformat(self.applies_from)

    @property
    def last_day(self) -> date | None:
        return date.fromisoformat(self.applies_until) if self.applies_until else None

    def apply_to(self, *, product: str, formula: str, on: date) -> bool:
        last = self.last_day
        return (
            self.product == product
            and (not self.formulas or formula in self.formulas)
            and self.first_day <= on
            and (last is None or on <= last)
        )

    def paper(self, language: str) -> ConditionsPaper | None:
        return next((one for one in self.papers if one.language == language), None)


class Conditions(Part, frozen=True):
    conditions: tuple[GeneralConditions, ...]

    def of(self, *, product: str, formula: str, on: date) -> Iterator[GeneralConditions]:
        """Those that apply to a formula of a product on a day, in the order of the file."""
        return (
            one for one in self.conditions if one.apply_to(product=product, formula=formula, on=on)
        )
