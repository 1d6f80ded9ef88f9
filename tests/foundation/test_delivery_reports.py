"""Reports as Postfix, Exchange and Gmail write them; written here, of nobody."""

import pytest

from havre.foundation.delivery_reports import Returned, read_report

NAME = "0123456789abcdef0123456789abcdef"


def report(
    *, action: str = "failed", status: str = "5.1.1", back: str = "", more: str = ""
) -> bytes:
    """A report with the parts that all three have."""
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: space@house.example\r\nSubject: Undelivered\r\n"
        f"{more}MIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n"
        "--B\r\nContent-Type: text/plain\r\n\r\nI am sorry to inform you.\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\nArrival-Date: Mon, 15 Jun 2026 10:00:00 +0000\r\n\r\n"
        "Final-Recipient: rfc822; claire@exemple.org\r\n"
        f"Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n"
        f"{back}--B--\r\n"
    ).encode()


HEADERS = (
    "--B\r\nContent-Type: text/rfc822-headers\r\n\r\n"
    f"Message-ID: <{NAME}@house.example>\r\nSubject: A mail of ours\r\n\r\n"
)
WHOLE = (
    "--B\r\nContent-Type: message/rfc822\r\n\r\n"
    f"Message-ID: <{NAME}@house.example>\r\nSubject: A mail of ours\r\n\r\nHello\r\n"
)


@pytest.mark.parametrize(
    ("text", "for_good"),
    [
        (report(back=HEADERS), True),  # Postfix, headers only
        (report(back=WHOLE), True),  # Postfix, the whole mail
        (report(status="5.1.10", back=WHOLE), True),  # Exchange: RecipientNotFound
        (report(more=f"In-Reply-To: <{NAME}@house.example>\r\n"), True),  # Gmail, without the mail
        (report(more=f"References: <{NAME}@house.example>\r\n"), True),
        (report(status="5.2.2 (mailbox full)", back=WHOLE), False),
        (report(status="4.4.1", back=WHOLE), False),  # given up after days of trying
        (report(action="Failed", status="5.0.0", back=WHOLE), True),
    ],
)
def test_which_mail_came_back_and_whether_for_good(text: bytes, for_good: bool) -> None:
    assert read_report(text) == Returned(NAME, for_good)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\x00 not a mail",
        b"Subject: Out of office\r\n\r\nBack on Monday",
        report(action="delayed", status="4.4.1", back=WHOLE),
        report(action="delivered", status="2.0.0", back=WHOLE),
        report(),  # of a mail that is not named
        report(more="In-Reply-To: <somebody@else.example>\r\n"),
    ],
)
def test_anything_else_is_no_report(text: bytes) -> None:
    assert read_report(text) is None
