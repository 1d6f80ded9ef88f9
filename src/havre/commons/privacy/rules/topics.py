"""The topics of a house, and the hash of the very words under which one of them is agreed to."""

import tomllib
from hashlib import sha256

from havre.commons.privacy.words import ContactChannel, Topic


def read_topics(text: str) -> tuple[Topic, ...]:
    """The topics of a file, in its order. An id given twice is a ``ValueError``."""
    topics = tuple(
        Topic(id=one["id"], label_fr=one["fr"], label_en=one["en"])
        for one in tomllib.loads(text)["topic"]
    )
    if len({topic.id for topic in topics}) < len(topics):
        raise ValueError("a topic is there twice")
    return topics


def wording_sha256(
    *, text_sha256: str, topic: Topic, channel: ContactChannel, language: str
) -> str:
    """The hash of what was on the page: the text, by its own hash, the topic's label, the channel."""
    return sha256("\n".join([text_sha256, topic.label(language), channel]).encode()).hexdigest()
