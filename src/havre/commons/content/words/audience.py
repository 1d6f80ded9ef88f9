from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from havre.commons.content.words.kinds import Line, Part

Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
"""An ISO 3166 code of two letters."""


@dataclass(frozen=True)
class Holding:
    """What content needs to know of a reader's contract, in the words of contracts and products."""

    kind: str
    scheme: str
    product: str


class Audience(Part, frozen=True):
    """Whose contracts something is for. What is left out is no condition."""

    kinds: tuple[Literal["INDIVIDUAL", "COLLECTIVE"], ...] = ()
    schemes: tuple[Literal["CFE_COMPLEMENT", "FIRST_EURO"], ...] = ()
    products: tuple[Line, ...] = ()

    def concerns(self, holdings: Iterable[Holding]) -> bool:
        """Whether one of the contracts is meant; with no condition, everybody is."""
        if not (self.kinds or self.schemes or self.products):
            return True
        return any(
            (not self.kinds or one.kind in self.kinds)
            and (not self.schemes or one.scheme in self.schemes)
            and (not self.products or one.product in self.products)
            for one in holdings
        )
