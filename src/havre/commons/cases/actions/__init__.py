"""Everything that changes requests. Each needs the guard of the household, and its caller's transaction."""

from havre.commons.cases.actions.asking import (
    NothingAsked,
    answer,
    ask,
    due_reminders,
    remind,
    withdraw_ask,
)
from havre.commons.cases.actions.deciding import (
    TooLateToUndo,
    conclude,
    decide,
    not_applied,
    to_apply,
    undo,
)
from havre.commons.cases.actions.drafts import (
    DraftGone,
    SavedElsewhere,
    begin_draft,
    drop_draft,
    drop_old_drafts,
    save_draft,
)
from havre.commons.cases.actions.filing import Filed, FiledOtherwise, file
from havre.commons.cases.actions.following import (
    acknowledge,
    add_note,
    contest,
    correct,
    give_opinion,
    mark_read,
    withdraw,
)
from havre.commons.cases.actions.locked import CaseClosed, ChangedMeanwhile
from havre.commons.cases.actions.measuring import measure_delays, publish_figure
from havre.commons.cases.actions.second import ask_second, return_from_second

__all__ = [
    "CaseClosed",
    "ChangedMeanwhile",
    "DraftGone",
    "Filed",
    "FiledOtherwise",
    "NothingAsked",
    "SavedElsewhere",
    "TooLateToUndo",
    "acknowledge",
    "add_note",
    "answer",
    "ask",
    "ask_second",
    "begin_draft",
    "conclude",
    "contest",
    "correct",
    "decide",
    "drop_draft",
    "drop_old_drafts",
    "due_reminders",
    "file",
    "give_opinion",
    "mark_read",
    "measure_delays",
    "not_applied",
    "publish_figure",
    "remind",
    "return_from_second",
    "save_draft",
    "to_apply",
    "undo",
    "withdraw",
    "withdraw_ask",
]
