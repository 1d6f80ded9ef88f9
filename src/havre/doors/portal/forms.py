"""The forms of the gate: sign-in, account opening, first sign-in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from havre.commons.accounts.actions import TypedIdentity
from havre.doors.ui import fields
from havre.doors.ui.forms import Form
from havre.foundation.dates import age_on

_OLDEST = 130


class SignInForm(Form):
    number = forms.CharField(
        label=_("Adherent number"),
        max_length=64,
        help_text=_("It is on your card, for example HV 204 817 3. Spaces do not count."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "characters"}),
    )
    password = fields.PasswordField(
        label=_("Password"), autocomplete="current-password", max_length=256
    )
    time_zone = fields.TimeZoneField()


def _family_name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Family name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )


def _first_name_field() -> forms.CharField:
    return forms.CharField(
        label=_("First name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )


def _email_field() -> fields.EmailField:
    return fields.EmailField(
        label=_("E-mail address"),
        help_text=_("The one you gave us: the mails go there."),
    )


def _number_field() -> forms.CharField:
    return forms.CharField(
        label=_("Adherent number"),
        max_length=64,
        help_text=_("It is on your card, for example HV 204 817 3. Spaces do not count."),
        widget=forms.TextInput({"autocapitalize": "characters", "autocomplete": "off"}),
    )


class AskingForm(Form):
    """What someone types of themselves at the gate; the worker looks whom it means."""

    birth_date = fields.DayField(label=_("Date of birth"), autocomplete="bday")

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_birth_date(self) -> Any:
        birth_date = self.cleaned_data["birth_date"]
        if birth_date > self.today:
            raise forms.ValidationError(_("This day has not come yet. Check the year."))
        if age_on(birth_date, self.today) > _OLDEST:
            raise forms.ValidationError(_("Nobody is that old. Check the year."))
        return birth_date

    def typed(self) -> TypedIdentity:
        unasked = {"family_name": "", "first_name": "", "email": "", "adherent_number": ""}
        return TypedIdentity(**(unasked | self.cleaned_data))


class ForgottenPasswordForm(AskingForm):
    adherent_number = _number_field()
    field_order = ("adherent_number", "birth_date")


class ForgottenNumberForm(AskingForm):
    """As account opening asks, but for the number that is lost."""

    family_name = _family_name_field()
    first_name = _first_name_field()
    email = _email_field()
    field_order = ("family_name", "first_name", "birth_date", "email")


class OpeningForm(AskingForm):
    """What account opening asks for (W6)."""

    family_name = _family_name_field()
    first_name = _first_name_field()
    email = _email_field()
    adherent_number = _number_field()
    field_order = ("family_name", "first_name", "birth_date", "email", "adherent_number")


class CodeForm(Form):
    code = fields.CodeField(
        label=_("Code received by e-mail"),
        max_length=32,
        help_text=_("Six digits. If it does not arrive, look among unwanted mail."),
    )


class TermsForm(Form):
    """``shown`` is the hash of the text on the page: what is accepted is what was read."""

    accepted = forms.BooleanField(
        label=_("I have read the terms of use and I accept them"),
        error_messages={"required": _("Tick the box to accept, or sign out.")},
    )
    shown = forms.CharField(widget=forms.HiddenInput)


class ConfirmForm(Form):
    """Proof that the reader is still who signed in: the password or, where there is one, a factor."""

    password = fields.PasswordField(
        label=_("Password"), autocomplete="current-password", max_length=256
    )
    code = fields.CodeField(
        label=_("Or the code of your app"), digits_only=False, max_length=32, required=False
    )

    def __init__(self, *args: Any, app: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = not self.answer and not (app and self._typed("code"))
        self.fields["code"].required = not self.is_bound  # drawn as one of two, neither optional
        if not app:
            del self.fields["code"]

    @property
    def answer(self) -> str:
        """What a passkey answered, written by the script."""
        return self._typed("passkey")

    def _typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), "")).strip()


class SecondStepForm(Form):
    """A code of the app or a recovery code; none where a passkey answered."""

    code = fields.CodeField(label=_("Recovery code"), digits_only=False, max_length=32)
    remember = forms.BooleanField(required=False)

    def __init__(self, *args: Any, app: bool, by_passkey: bool, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_passkey = by_passkey
        self.fields["code"].required = not by_passkey
        self["remember"].label = ngettext(
            "Do not ask again on this device for %(num)d day",
            "Do not ask again on this device for %(num)d days",
            days,
        ) % {"num": days}
        if app:
            self["code"].label = _("Code of your app, or a recovery code")


class AppCodeForm(Form):
    code = fields.CodeField(label=_("Code that the app shows"), max_length=16)


class PasskeySignInForm(Form):
    time_zone = fields.TimeZoneField()


class PasskeyForm(Form):
    name = forms.CharField(
        label=_("A name for it"),
        max_length=60,
        help_text=_("To recognise it in your list: the device, for example."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
