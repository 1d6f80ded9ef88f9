"""What is said of a code that is not the one that was sent."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def wrong_code(left: int) -> str:
    """``left`` is how many tries are left."""
    if not left:
        return _("This is not the code, and it is no longer valid. A new one was sent.")
    return ngettext(
        "This is not the code. %(num)d try left.",
        "This is not the code. %(num)d tries left.",
        left,
    ) % {"num": left}
