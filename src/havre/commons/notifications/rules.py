"""How a mail's words become its two bodies, and when sending is tried again."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from havre.commons.notifications.words import Link, MailText, Shown

LAST_ATTEMPT = 12


def wait_before_attempt(attempt: int) -> timedelta:
    """Half a minute, doubling, to an hour at the most: a server that is down is not hammered."""
    return timedelta(seconds=min(30 * 2 ** max(attempt - 1, 0), 3600))


def plain_body(text: MailText, *, signature: Sequence[str]) -> str:
    """The plain text of a mail: paragraphs parted by a blank line, values indented."""
    closing = ["\n".join(signature)]
    if text.leave:
        closing += [_plain(text.leave.stop), _plain(text.leave.choose)]
    return "\n\n".join([*(_plain(block) for block in text.blocks), *closing]) + "\n"


def html_body(text: MailText, *, language: str, signature: Sequence[str]) -> str:
    """The same words as a page without images, scripts or anything fetched from outside."""
    blocks = "".join(_html(block) for block in text.blocks)
    closing = "<br>".join(escape(line) for line in signature)
    if text.leave:
        links = (_small(link) for link in (text.leave.stop, text.leave.choose))
        closing += "</p><p>" + "<br>".join(links)
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(text.subject)}</title>'
        '</head><body style="margin:0;background:#f6f0e5;color:#16282c;'
        'font:16px/1.6 system-ui,Roboto,sans-serif"><main style="max-width:34rem;margin:auto;'
        'padding:24px"><div style="background:#fffdf8;border:1px solid #e2d7c3;'
        f'border-radius:12px;padding:24px">{blocks}</div>'
        f'<p style="font-size:14px;color:#566059">{closing}</p></main></body></html>'
    )


def _small(link: Link) -> str:
    return f'<a href="{escape(link.url)}" style="color:#0e5762">{escape(link.label)}</a>'


def _plain(block: str | Shown | Link) -> str:
    match block:
        case Shown(label, value):
            return f"{label}\n    {value}"
        case Link(label, url):
            return f"{label}\n{url}"
        case str():
            return block


def _html(block: str | Shown | Link) -> str:
    match block:
        case Shown(label, value):
            return (
                f'<p>{escape(label)}<br><strong style="font:600 20px/1.6 ui-monospace,monospace">'
                f"{escape(value)}</strong></p>"
            )
        case Link(label, url):
            return (
                f'<p><a href="{escape(url)}" style="display:inline-block;background:#0e5762;'
                "color:#fffdf8;padding:12px 20px;border-radius:8px;text-decoration:none;"
                f'font-weight:600">{escape(label)}</a></p>'
            )
        case str():
            return f"<p>{escape(block)}</p>"
