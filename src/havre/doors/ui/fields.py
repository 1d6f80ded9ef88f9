"""Fields made for a phone: a day, a code, a password, an address, and the reader's time zone."""

import calendar
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.doors.ui.amounts import WrongAmount, read_priced
from havre.doors.ui.days import Flaw, WrongDay, read_day
from havre.doors.ui.formats import month_name, typed_day


class DayField(forms.Field):
    """A day typed as text, the day first in both languages; see `days` for what is read and why.

    `autocomplete="bday"` for the reader's own birth date.
    """

    widget = forms.TextInput

    def __init__(self, *, autocomplete: str = "off", **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Day, month, year: 21/03/1958 or 21031958"))
        kwargs["widget"] = forms.TextInput(
            {"inputmode": "numeric", "autocomplete": autocomplete, "maxlength": "40"}
        )
        super().__init__(**kwargs)

    def to_python(self, value: object) -> date | None:
        """The day, None when nothing was typed."""
        if value is None or isinstance(value, date):
            return value
        text = str(value).strip()
        if not text:
            return None
        try:
            return read_day(text)
        except WrongDay as wrong:
            raise ValidationError(_explain(wrong), code=wrong.flaw.value) from wrong

    def prepare_value(self, value: object) -> object:
        """A day given by the page is written as it would be typed."""
        return typed_day(value) if isinstance(value, date) else value


class AmountField(forms.Field):
    """An amount typed as in France or in Britain, with its currency or without: see `amounts`."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(
            {"inputmode": "decimal", "autocomplete": "off", "maxlength": "40"}
        )
        super().__init__(**kwargs)

    def to_python(self, value: object) -> tuple[Decimal, str | None] | None:
        """The amount and the currency typed beside it; None when nothing was typed."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_priced(text)
        except WrongAmount as wrong:
            if wrong.ambiguous:
                raise ValidationError(
                    _("Write thousands with a space, or the decimals with two digits: 1 234.50.")
                ) from wrong
            raise ValidationError(_("Write an amount, for example 92.50 or 1,234.50.")) from wrong


def _explain(wrong: WrongDay) -> str:
    match wrong.flaw:
        case Flaw.NO_SUCH_MONTH:
            return _("There is no month %(month)d. Write the day first, then the month.") % {
                "month": wrong.month
            }
        case Flaw.NO_SUCH_DAY if 1 <= wrong.year <= 9999:
            length = calendar.monthrange(wrong.year, wrong.month)[1]
            name = month_name(date(wrong.year, wrong.month, 1))
            return _("%(month)s %(year)d has %(days)d days. Check the day.") % {
                "month": name.capitalize(),
                "year": wrong.year,
                "days": length,
            }
        case Flaw.SHORT_YEAR:
            return _("Write the year with its four digits, for example 1958.")
    return _("Write the day, the month and the year, for example 21/03/1958.")


class CodeField(forms.CharField):
    """A code read in a mail or on a card: spaces and dashes between its parts do not count."""

    def __init__(self, *, digits_only: bool = True, **kwargs: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "autocapitalize": "characters"}
        attributes |= {"spellcheck": "false", "class": "code"}
        if digits_only:
            attributes["inputmode"] = "numeric"
        kwargs["widget"] = forms.TextInput(attributes)
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        """Without spaces and dashes."""
        return "".join(
            c for c in super().to_python(value) or "" if not c.isspace() and c not in "-‐–"
        )


class PasswordField(forms.CharField):
    """A password, kept to the letter; `autocomplete` is `current-password` or `new-password`."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        attributes = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
        kwargs["widget"] = forms.PasswordInput(attributes)
        super().__init__(strip=False, **kwargs)


class EmailField(forms.EmailField):
    """An e-mail address, with the keyboard made for it."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        kwargs["widget"] = forms.EmailInput(attributes)
        super().__init__(**kwargs)


class TimeZoneField(forms.CharField):
    """The browser's time zone, filled by the script: an IANA name, "" when none can be trusted."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)

    def to_python(self, value: object) -> str:
        """Never an error: nobody can mend what was not typed."""
        text = str(value or "")
        return text if text in _zones() else ""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
