from collections.abc import Mapping

from havre.commons.content.words.kinds import Bilingual, Key, Line, Part

_BLANKS = ("first_name", "number", "agent")
"""What a text may leave open, filled for each member: ``[first_name]``, the ``[number]`` of the request,
the first name of the ``[agent]``."""


class CannedText(Part, frozen=True):
    """A text at hand for whoever answers members, in both languages.

    ``kinds`` are codes of requests, or "message"; none is everything.
    """

    id: Key
    title: Bilingual
    text: Bilingual
    kinds: tuple[Line, ...] = ()

    def serves(self, kind: str) -> bool:
        """Whether it is of use with requests of this kind."""
        return not self.kinds or kind in self.kinds

    def blanks(self, language: str) -> set[str]:
        """What has to be known to fill it."""
        return {name for name in _BLANKS if f"[{name}]" in self.text.said_in(language)}

    def filled(self, language: str, **known: str) -> str:
        """The text in a language, its blanks filled."""
        return _filled(self.text.said_in(language), known)


class CannedTexts(Part, frozen=True):
    texts: tuple[CannedText, ...]


def _filled(text: str, known: Mapping[str, str]) -> str:
    for name in _BLANKS:
        text = text.replace(f"[{name}]", known.get(name, ""))
    return text
