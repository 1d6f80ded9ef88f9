"""Everything that changes what is written to members: mails, letters, and to whom none leaves."""

from havre.commons.notifications.actions.letters import (
    LetterOver,
    NoSuchLetter,
    Written,
    give_letter_up,
    letter_posted,
    print_letter,
    put_letters,
    write_now,
)
from havre.commons.notifications.actions.outbox import (
    SEND,
    SWEPT_AT_ONCE,
    Mail,
    give_up,
    message_name,
    put_in_outbox,
    put_many_in_outbox,
    register_writer,
    send,
    send_waiting,
    try_again,
    withdraw,
    written_moment,
)
from havre.commons.notifications.actions.returned import note_returned, take_returned, write_again
from havre.commons.notifications.actions.silence import end_silence, silence

__all__ = [
    "SEND",
    "SWEPT_AT_ONCE",
    "LetterOver",
    "Mail",
    "NoSuchLetter",
    "Written",
    "end_silence",
    "give_letter_up",
    "give_up",
    "letter_posted",
    "message_name",
    "note_returned",
    "print_letter",
    "put_in_outbox",
    "put_letters",
    "put_many_in_outbox",
    "register_writer",
    "send",
    "send_waiting",
    "silence",
    "take_returned",
    "try_again",
    "withdraw",
    "write_again",
    "write_now",
    "written_moment",
]
