"""Comparing and sorting people's names as people write them, in any script.

Names are compared to find out whether someone means a person whom we know. A match here is one of
several facts that must agree, never proof by itself.
"""

import re
import unicodedata
from collections.abc import Sequence

# Letters that Unicode does not decompose; ``casefold`` already turns ß into ss.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ŋ": "n"}
)
_LATIN_ACCENTS = re.compile("[\u0300-\u036f]")  # the vowel signs of other scripts stay
_MODIFIERS = re.compile("[\u02b0-\u02ff]")  # ʻ, ʼ and the like stand for apostrophes

# Words that make one name with what follows: alone they name nobody ("Le" is not "Le Goff").
_PARTICLES_LISTED = """
    a abu al ap ben bin da dal das de degli dei del della den der des di do dos du el fitz l la las
    le les lo los mac mc o san santa st ste ter van vom von y zu zum zur
"""
_PARTICLES = frozenset(_PARTICLES_LISTED.split())


def match_key(name: str) -> str:
    """What names are compared by: no accent, case, ligature, hyphen, apostrophe or space is left.

    Letters of every script are kept. A name without any letter or digit has the key ``""``.
    """
    return "".join(_words(name))


def sort_key(name: str) -> str:
    """What names are sorted by, in plain code-point order: É with E, Œ with OE, word by word."""
    return " ".join(_words(name))


def same_person_name(
    typed_family: str, typed_first: str, known_family_names: Sequence[str], known_first: str
) -> bool:
    """Whether what someone typed can be the name of the person known.

    ``known_family_names`` holds each family name on file (at birth, in use). Forgives what
    ``match_key`` forgives, a double family name cut to one part or turned round, and given names
    left out after the first. Parts are compared whole: "Li" is not "Lina".
    """
    return _same_first(typed_first, known_first) and _same_family(typed_family, known_family_names)


def _words(name: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", name).casefold()  # decomposing first: ㎆ hides capitals
    decomposed = unicodedata.normalize("NFKD", folded).translate(_LETTERS)
    bare = _MODIFIERS.sub(" ", _LATIN_ACCENTS.sub("", decomposed))
    composed = unicodedata.normalize("NFC", bare)
    return "".join(letter if _names(letter) else " " for letter in composed).split()


def _names(character: str) -> bool:
    """Whether it is a letter, a mark on one, or a digit."""
    return unicodedata.category(character)[0] in "LMN"


def _parts(name: str) -> list[str]:
    """The parts of a family name, particles joined to what follows: "Martin de La Tour" has two."""
    parts, particles = [], ""
    for word in _words(name):
        if word in _PARTICLES:
            particles += word
        else:
            parts.append(particles + word)
            particles = ""
    return [*parts, particles] if particles else parts


def _same_family(typed: str, known: Sequence[str]) -> bool:
    """Equal to a name known, made of parts known, or holding a whole name known among its parts."""
    typed_parts = set(_parts(typed))
    if not typed_parts:
        return False
    known_parts = [set(parts) for name in known if (parts := _parts(name))]
    return (
        match_key(typed) in {match_key(name) for name in known}
        or typed_parts <= set().union(*known_parts)
        or any(parts <= typed_parts for parts in known_parts)
    )


def _same_first(typed: str, known: str) -> bool:
    """Whether one holds the other's given names from the first on: "Jean", "Jean-Pierre Louis"."""
    return _begins(_words(typed), _words(known)) or _begins(_words(known), _words(typed))


def _begins(short: list[str], long: list[str]) -> bool:
    """Whether ``short`` is the first words of ``long``, however its own words are joined."""
    key = "".join(short)
    return any(key == "".join(long[:count]) for count in range(1, len(long) + 1))
