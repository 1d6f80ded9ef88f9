"""The one form of an account's page: which act, how it was asked, and what that act needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.commons.accounts.words import ClosedFor, Proof
from havre.domains.people.words import DepartureKind
from havre.doors.ui.forms import Form
from havre.foundation.db import Channel

_NEEDED = {"disable": "reason", "restore": "proof", "email": "email"}
ACTS = (
    *("suspend", "disable", "delete", "restore", "password", "letter"),
    *("email", "email-confirm", "email-refuse"),
)
CHANNELS = (
    (Channel.PHONE.value, _("By phone")),
    (Channel.POST.value, _("By post")),
    (Channel.MAIL.value, _("By e-mail")),
    (Channel.DESK.value, _("By the house itself")),
)
REASONS = (
    (ClosedFor.END_OF_RELATIONS.value, _("End of relations")),
    (ClosedFor.MISUSE.value, _("Misuse")),
    (ClosedFor.ATTEMPTS.value, _("Too many attempts")),
    (ClosedFor.FRAUD_REPORTED.value, _("Fraud was reported")),
)
DEPARTURES = (
    (DepartureKind.DEATH.value, _("The member died")),
    (DepartureKind.END.value, _("Relations end")),
)
PROOFS = (
    (Proof.CALL_BACK.value, _("Called back at the number on file")),
    (Proof.LETTER.value, _("Answered a letter")),
    (Proof.DOCUMENT_SEEN.value, _("Showed an identity document")),
)


class ChannelForm(Form):
    """How the member asked."""

    channel = forms.ChoiceField(
        label=_("How it was asked"), choices=CHANNELS, widget=forms.RadioSelect
    )


class ActForm(Form):
    act = forms.ChoiceField(choices=[(one, one) for one in ACTS], widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("How it was asked"), choices=CHANNELS)
    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS, required=False)
    proof = forms.ChoiceField(label=_("How identity was proved"), choices=PROOFS, required=False)
    email = forms.CharField(label=_("New e-mail address"), max_length=254, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        needed = _NEEDED.get(cleaned.get("act", ""))
        if needed and not cleaned.get(needed):
            self.add_error(needed, _("Fill this in."))
        return cleaned


class DepartureForm(Form):
    """Saying that a member died or that relations end; then what is done about what was said."""

    do = forms.ChoiceField(
        choices=[(one, one) for one in ("look", "record", "confirm", "refuse", "undo")],
        widget=forms.HiddenInput,
    )
    channel = forms.ChoiceField(label=_("How it was asked"), choices=CHANNELS)
    kind = forms.ChoiceField(label=_("What happened"), choices=DEPARTURES, required=False)
    day = forms.DateField(label=_("Last day"), required=False)
    ends_covers = forms.BooleanField(label=_("End the covers on that day"), required=False)
    departure = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    read = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("do") in {"look", "record"}:
            for name in ("kind", "day"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in."))
        # What is recorded is what was read: anything else is shown first.
        self.read_now = " ".join(str(cleaned.get(one)) for one in ("kind", "day", "ends_covers"))
        if cleaned.get("do") == "record" and cleaned.get("read") != self.read_now:
            cleaned["do"] = "look"
        return cleaned
