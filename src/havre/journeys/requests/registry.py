"""Every kind of request there is, found in ``kinds``: a module a kind, each with one ``KIND``."""

import importlib
import pkgutil
from functools import lru_cache

from havre.foundation.names import sort_key
from havre.foundation.refusals import Refusal
from havre.journeys.requests import kinds as package
from havre.journeys.requests.facts import Facts
from havre.journeys.requests.kind import Kind, Kinds
from havre.journeys.requests.words import Family


class UnknownKind(Refusal):
    """There is no such kind of request."""


@lru_cache(maxsize=1)
def all_kinds() -> Kinds:
    """By code, in the order of families then of the modules' names."""
    names = (found.name for found in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in sorted(names))
    found: list[Kind] = [module.KIND for module in modules if hasattr(module, "KIND")]
    order = list(Family)
    found.sort(key=lambda kind: order.index(kind.family))
    made = {kind.code: kind for kind in found}
    if len(made) != len(found):
        raise RuntimeError("two kinds of request have one code")
    return made


def kind_of(code: str) -> Kind:
    """The kind of this code. Refuses ``UnknownKind``."""
    try:
        return all_kinds()[code]
    except KeyError:
        raise UnknownKind(code) from None


def catalogue(facts: Facts, *, searched: str = "") -> list[tuple[Kind, str]]:
    """Kinds a member may look at, each with why it is closed to them, "" where it is open.

    ``searched``: those in whose words every word of it begins a word, whatever its accents and case.
    """
    wanted = sort_key(searched).split()
    return [
        (kind, kind.closed_because(facts)) for kind in all_kinds().values() if _says(kind, wanted)
    ]


def _says(kind: Kind, wanted: list[str]) -> bool:
    text = sort_key(f"{kind.title()} {kind.summary()} {kind.search_words()}").split()
    return all(any(word.startswith(one) for word in text) for one in wanted)
