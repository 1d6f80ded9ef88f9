"""What a message must be, and who may come near a conversation."""

from havre.commons.documents.words import Compartment
from havre.commons.messaging.words import Topic
from havre.foundation.names import sort_key

_OF_HEALTH = frozenset({Topic.REIMBURSEMENT, Topic.CARE})


def compartment_of(topic: Topic) -> Compartment:
    """Where care is what one writes about, only those who may read of it do."""
    return Compartment.HEALTH if topic in _OF_HEALTH else Compartment.GENERAL


def tidied(text: str) -> str:
    """The text as it is kept: no spaces around, one line end for all, no more than one empty line."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept).strip()


def matches(text: str, wanted: str) -> bool:
    """Whether every word of ``wanted`` begins a word of the text, accents, case and hyphens forgiven."""
    words = sort_key(text).split()
    return all(any(word.startswith(one) for word in words) for one in sort_key(wanted).split())
