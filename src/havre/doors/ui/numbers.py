"""Numbers as a form or an address says them: anybody may write anything there."""


def counted(text: str, *, at_most: int = 999_999_999) -> int | None:
    """The whole number that ``text`` writes, from zero; none for anything else, and beyond ``at_most``."""
    if not text.isdecimal() or len(text) > len(str(at_most)):
        return None
    found = int(text)
    return found if found <= at_most else None
