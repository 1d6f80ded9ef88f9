"""Everything that changes what the house publishes."""

from havre.commons.content.actions.answers import count_answer
from havre.commons.content.actions.drafting import (
    DraftMoved,
    NotReady,
    check_draft,
    discard_draft,
    editable_kinds,
    keep_file,
    plan_draft,
    publish_draft,
    publish_planned,
    save_draft,
    undo_draft,
    unplan_draft,
)
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
    "DraftMoved",
    "Folder",
    "Happened",
    "Late",
    "Loaded",
    "NoSuchVersion",
    "NotReady",
    "PublishedMeanwhile",
    "TextChanged",
    "WrongContent",
    "WrongText",
    "changes",
    "check_draft",
    "count_answer",
    "discard_draft",
    "editable_kinds",
    "keep_file",
    "kinds",
    "load_texts",
    "plan_draft",
    "publish",
    "publish_again",
    "publish_draft",
    "publish_planned",
    "read_folder",
    "read_texts",
    "register_kind",
    "save_draft",
    "undo_draft",
    "unplan_draft",
]
