"""Choosing a password, at either door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.doors.ui import fields
from havre.doors.ui.forms import Form


class NewPasswordForm(Form):
    """A password that is chosen, typed twice."""

    password = fields.PasswordField(
        label=_("Your password"),
        autocomplete="new-password",
        max_length=256,
        help_text=_("12 characters or more. A sentence of several words is easy to keep in mind."),
    )
    again = fields.PasswordField(
        label=_("The same, once more"), autocomplete="new-password", max_length=256
    )

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        # A password refused by itself is told of first: there is nothing to compare.
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two are not the same. Type it once more."))
        return again
