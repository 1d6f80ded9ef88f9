"""Telephone numbers: read as people write them, kept as E.164, shown as they are read aloud."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat


class WrongPhone(ValueError):
    """No telephone has this number."""


def read_phone(text: str, *, country: str | None) -> str:
    """The number as E.164 (``+33612345678``). Refuses with :class:`WrongPhone`.

    Without ``+`` or ``00`` it is read as one dials it in ``country`` (ISO 3166).
    """
    typed = text.strip()
    if typed.startswith("00"):
        typed = "+" + typed[2:]
    try:
        number = phonenumbers.parse(typed, country)
    except NumberParseException:
        raise WrongPhone from None
    # Its length alone: ranges open faster than the tables of them are published.
    if not phonenumbers.is_possible_number(number):
        raise WrongPhone
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown_phone(number: str) -> str:
    """``+33 6 12 34 56 78``, spaces that do not break; what is no number comes back as it is."""
    try:
        read = phonenumbers.parse(number, None)
    except NumberParseException:
        return number
    shown = phonenumbers.format_number(read, PhoneNumberFormat.INTERNATIONAL)
    return shown.replace(" ", "\N{NO-BREAK SPACE}")
