"""One module a kind of request, each with one ``EXAMPLE``: what is sent, and what must come of it."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field

from havre.commons.cases.words import Answers
from tests.journeys.requests.asking import Asker, an_asker


def _nothing(asker: Asker) -> Answers:
    return {}


def _no_effect(asker: Asker) -> None:
    """A kind that an agent answers, and that changes nothing by itself."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """``answers`` as its form holds them; ``effect`` fails where validation did not do what it says.

    ``details`` are what an agent fills in beside what the kind proposes; ``second``: two must look.
    """

    kind: str
    answers: Callable[[Asker], Answers]
    asker: Callable[[], Asker] = an_asker
    details: Callable[[Asker], Answers] = _nothing
    effect: Callable[[Asker], None] = _no_effect
    second: bool = False
    reason: str = ""
    told: tuple[str, ...] = field(default=())
    """Words that the recap or the desk must never send by mail."""


def examples() -> dict[str, Example]:
    """By kind."""
    names = (found.name for found in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in sorted(names))
    return {module.EXAMPLE.kind: module.EXAMPLE for module in modules}
