"""Everything that changes what the house publishes."""

from havre.commons.content.actions.answers import count_answer
from havre.commons.content.actions.folders import Folder, kinds, read_folder, register_kind
from havre.commons.content.actions.publishing import (
    Change,
    Happened,
    Late,
    NoSuchVersion,
    PublishedMeanwhile,
    changes,
    publish,
    publish_again,
)
from havre.commons.content.actions.texts import (
    Loaded,
    TextChanged,
    load_texts,
    read_texts,
)
from havre.commons.content.rules.sources import WrongContent
from havre.commons.content.rules.texts import LANGUAGES, WrongText

__all__ = [
    "LANGUAGES",
    "Change",
    "Folder",
    "Happened",
    "Late",
    "Loaded",
    "NoSuchVersion",
    "PublishedMeanwhile",
    "TextChanged",
    "WrongContent",
    "WrongText",
    "changes",
    "count_answer",
    "kinds",
    "load_texts",
    "publish",
    "publish_again",
    "read_folder",
    "read_texts",
    "register_kind",
]
