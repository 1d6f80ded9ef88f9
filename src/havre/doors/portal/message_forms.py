"""The forms in which members write. ``key`` is drawn with the form: sent twice, a message is kept once."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.commons.messaging.words import LONGEST_MESSAGE, LONGEST_SUBJECT, Topic
from havre.doors.portal.message_words import topic_name
from havre.doors.ui.forms import FieldView, Form, unmarked
from havre.foundation.ids import new_id

_NOTHING = gettext_lazy("Write your message, then send it.")


class MessageForm(Form):
    body = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": _NOTHING},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def said(self) -> FieldView:
        return unmarked(self["body"])

    @property
    def key(self) -> UUID:
        """That of the form that was sent, else a new one."""
        try:
            return UUID(str(self.data.get("key", "")))
        except ValueError:
            return new_id()


class ThreadForm(MessageForm):
    """One more message: where files wait to leave with it, it may say nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].required = False

    def nothing_written(self) -> None:
        self.add_error("body", str(_NOTHING))


class NewMessageForm(MessageForm):
    """A first message; ``topic`` decides who reads it."""

    topic = forms.ChoiceField(widget=forms.RadioSelect, label=gettext_lazy("What is it about?"))
    subject = forms.CharField(
        required=False,
        max_length=LONGEST_SUBJECT,
        label=gettext_lazy("Subject"),
        help_text=gettext_lazy("A few words, to find it again."),
    )
    field_order = ("topic", "subject", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [topic for topic in Topic if topic is not Topic.REQUEST]
        self.fields["topic"].choices = [(one.value, topic_name(one)) for one in offered]  # type: ignore[attr-defined]
        self.fields["topic"].error_messages["required"] = _("Choose what it is about.")
