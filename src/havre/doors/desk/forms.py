"""The forms of the desk's gate, of one's own profile and of staff."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.commons.staff.words import Scope, StaffRole
from havre.doors.desk import wording
from havre.doors.ui import fields
from havre.doors.ui.forms import Form
from havre.doors.ui.new_password import NewPasswordForm

_SEPARATORS = re.compile(r"[\s,;]+")


class SignInForm(Form):
    email = fields.EmailField(label=_("E-mail address"))
    password = fields.PasswordField(
        label=_("Password"), autocomplete="current-password", max_length=256
    )


class FactorForm(Form):
    """A code of the app or a recovery code; none where a passkey answered."""

    code = fields.CodeField(
        label=_("Code of your app, or a recovery code"), digits_only=False, max_length=32
    )

    def __init__(self, *args: Any, by_passkey: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_passkey = by_passkey
        self.fields["code"].required = not by_passkey


class InvitationForm(NewPasswordForm):
    code = fields.CodeField(
        label=_("Code of the invitation"),
        digits_only=False,
        max_length=64,
        help_text=_("It is in the mail that brought you here. Spaces and dashes do not count."),
    )
    field_order = ("code", "password", "again")


class ChangePasswordForm(NewPasswordForm):
    pass


class PasskeyForm(Form):
    name = forms.CharField(
        label=_("A name for it"),
        max_length=60,
        help_text=_("To recognise it in your list: the device, for example."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class AppCodeForm(Form):
    code = fields.CodeField(label=_("Code that the app shows"), max_length=16)


class _StaffForm(Form):
    """Names, roles and scope. Each role is a box of its own; employers and intermediaries are ids."""

    first_name = forms.CharField(
        label=_("First name"), max_length=60, help_text=_("Members are shown it.")
    )
    last_name = forms.CharField(label=_("Family name"), max_length=60)
    products = forms.CharField(
        label=_("Products"),
        required=False,
        max_length=500,
        help_text=_("Codes, with a space between. Empty: all of them."),
    )
    employers = forms.CharField(
        label=_("Employers"),
        required=False,
        max_length=2000,
        help_text=_("Their ids, with a space between. Empty: all of them."),
    )
    intermediaries = forms.CharField(
        label=_("Intermediaries"),
        required=False,
        max_length=2000,
        help_text=_("Their ids, with a space between. Empty: all of them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in StaffRole:
            self.fields[role.value] = forms.BooleanField(required=False)
            self[role.value].label = wording.role(role)
            self[role.value].help_text = wording.role_in_a_line(role)

    @property
    def roles(self) -> list[StaffRole]:
        return [role for role in StaffRole if self.cleaned_data.get(role.value)]

    @property
    def role_fields(self) -> list[forms.BoundField]:
        return [self[role.value] for role in StaffRole]

    @property
    def scope(self) -> Scope:
        return Scope(
            frozenset(_words(self.cleaned_data["products"])),
            frozenset(self.cleaned_data["employers"]),
            frozenset(self.cleaned_data["intermediaries"]),
        )

    def clean_employers(self) -> list[UUID]:
        return _ids(self.cleaned_data["employers"])

    def clean_intermediaries(self) -> list[UUID]:
        return _ids(self.cleaned_data["intermediaries"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.roles:
            raise forms.ValidationError(_("Choose one role at least."))
        return cleaned


class InviteForm(_StaffForm):
    email = fields.EmailField(label=_("E-mail address"), help_text=_("The invitation goes there."))
    language = forms.ChoiceField(
        label=_("Language"), choices=(("fr", "Français"), ("en", "English"))
    )
    field_order = ("email", "first_name", "last_name", "language")


class ChangeForm(_StaffForm):
    pass


def _words(text: str) -> list[str]:
    return [word for word in _SEPARATORS.split(text.strip()) if word]


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(word) for word in _words(text)]
    except ValueError:
        raise forms.ValidationError(_("This is not a list of ids.")) from None
