"""Delivery reports (RFC 3464): which of our mails came back, and whether it is for good.

Read from what a mail server hands over: nothing in it is trusted beyond two words, and it is never kept.
"""

import re
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser

LARGEST = 5_000_000
"""Bytes of a report; servers send back a mail of ours, never more."""
_NAME = re.compile(r"<?([0-9a-f]{32})@[^>\s]+>?")


@dataclass(frozen=True)
class Returned:
    """A mail of ours that was not delivered: the name in its Message-ID, and whether it is for good.

    ``for_good``: a status of class 5 (RFC 3463); a full mailbox (5.2.2) may be emptied, so it is not.
    """

    name: str
    for_good: bool


def read_report(report: bytes) -> Returned | None:
    """What a report says; none where it is no report of a failure, or of no mail of ours."""
    message = BytesParser(policy=policy.compat32).parsebytes(report[:LARGEST])
    statuses = [_status(part) for part in message.walk() if _is(part, "message/delivery-status")]
    failed = [status for found in statuses for action, status in found if action == "failed"]
    name = _name(message)
    if not failed or name is None:
        return None
    return Returned(name, any(one.startswith("5.") and one != "5.2.2" for one in failed))


def _status(part: Message) -> list[tuple[str, str]]:
    """Action and status of each recipient."""
    blocks = part.get_payload()
    return [
        (
            str(block.get("Action", "")).strip().lower(),
            str(block.get("Status", "")).partition(" ")[0].strip(),
        )
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, Message)
    ]


def _name(message: Message) -> str | None:
    """From the mail sent back, or its headers alone; else from what the report answers to."""
    said = []
    for part in message.walk():
        if _is(part, "text/rfc822-headers"):
            text = part.get_payload(decode=True)
            if isinstance(text, bytes):
                headers = BytesParser(policy=policy.compat32).parsebytes(text, headersonly=True)
                said.append(headers.get("Message-ID", ""))
        elif part is not message:
            said.append(part.get("Message-ID", ""))
    said += [message.get("In-Reply-To", ""), message.get("References", "")]
    found = (_NAME.search(str(one)) for one in said)
    return next((one[1] for one in found if one), None)


def _is(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind
