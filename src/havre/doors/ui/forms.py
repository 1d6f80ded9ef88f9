"""Forms as our macros draw them: plain views of bound fields, errors in our own voice.

Django checks the values; nothing of its own form templates or widgets' HTML is used, which neither
speak our voice nor render under `StrictUndefined`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from django import forms
from django.utils.translation import gettext as _

Kind = Literal["input", "textarea", "select", "radios", "checks", "checkbox"]


@dataclass(frozen=True)
class Option:
    """One answer of a list."""

    value: str
    label: str
    chosen: bool
    id: str
    hint: str = ""


@dataclass(frozen=True)
class FieldView:
    """A bound field as the `field` macro draws it; `attributes` are HTML attributes, in order."""

    kind: Kind
    id: str
    name: str
    type: str
    label: str
    hint: str
    optional: bool
    value: str
    checked: bool
    attributes: tuple[tuple[str, str], ...]
    options: tuple[Option, ...]
    problems: tuple[str, ...]

    @property
    def described_by(self) -> str:
        """Ids of the hint and of the error, in reading order."""
        parts = (
            f"{self.id}-hint" if self.hint else "",
            f"{self.id}-error" if self.problems else "",
        )
        return " ".join(part for part in parts if part)

    @property
    def secret(self) -> bool:
        """Whether a "show" button belongs beside it."""
        return self.type == "password"


def field_view(bound: forms.BoundField | FieldView) -> FieldView:
    """What to draw for a field and its state; a view is that already."""
    if isinstance(bound, FieldView):
        return bound
    widget = bound.field.widget
    identity = bound.auto_id or bound.html_name
    context = widget.get_context(bound.html_name, bound.value(), {"id": identity})["widget"]
    kind = _kind(widget)
    return FieldView(
        kind=kind,
        id=identity,
        name=bound.html_name,
        type=str(context.get("type") or ""),
        label=str(bound.label),
        hint=str(bound.help_text),
        optional=not bound.field.required and kind != "checkbox",
        value="" if context["value"] is None or kind == "radios" else _text(context["value"]),
        checked=bool(context["attrs"].get("checked")),
        attributes=tuple(_attributes(context["attrs"], required=bound.field.required)),
        options=tuple(_options(context.get("optgroups", ()), identity)),
        problems=tuple(str(problem) for problem in bound.errors),
    )


def unmarked(bound: forms.BoundField) -> FieldView:
    """A field that may be empty only where something else is there: not called optional."""
    return replace(field_view(bound), optional=False)


def _text(value: object) -> str:
    return str(value[0]) if isinstance(value, list) and value else str(value or "")


def _kind(widget: forms.Widget) -> Kind:
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Select):
        return "select"
    return "textarea" if isinstance(widget, forms.Textarea) else "input"


def _attributes(given: dict[str, Any], *, required: bool) -> Iterable[tuple[str, str]]:
    """Without those that the macro writes itself: id, and what `aria` says about the state."""
    for name, value in given.items():
        if (
            value in (None, False)
            or name in {"id", "required", "checked"}
            or name.startswith("aria-")
        ):
            continue
        yield name, "" if value is True else str(value)
    if required:
        yield "required", ""


def _options(groups: Iterable[Any], identity: str) -> Iterable[Option]:
    flat = [option for _group, options, _index in groups for option in options]
    for rank, option in enumerate(flat):
        yield Option(
            value=str(option["value"]),
            label=str(option["label"]),
            chosen=bool(option["selected"]),
            id=identity if rank == 0 else f"{identity}-{rank}",
        )


def problems(form: forms.BaseForm) -> tuple[tuple[str, str], ...]:
    """Every error with the id of its field, in the order of the page; "" for the form's own."""
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        identity = "" if bound.is_hidden else (bound.auto_id or bound.html_name)
        found += [(identity, str(error)) for error in bound.errors]
    return tuple(found)


class Form(forms.Form):
    """Base of every form: ids after the field's name, errors that say what to do.

    Django's own messages are replaced; those that a field of ours, or an `error_messages` argument,
    gives are kept.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "%s")
        super().__init__(*args, **kwargs)
        self.word_errors()

    def word_errors(self) -> None:
        """Give each field our messages; again where a form adds fields of its own."""
        for name in self.fields:
            bound = self[name]
            for code, message in _our_voice(bound).items():
                if _is_djangos(bound.field, code):
                    bound.field.error_messages[code] = message


def _our_voice(bound: forms.BoundField) -> dict[str, str]:
    words = {"label": bound.label}
    required = _("Fill in “%(label)s”.")
    if isinstance(bound.field, forms.BooleanField):
        required = _("Tick the box to go on.")
    elif isinstance(bound.field, forms.ChoiceField):
        required = _("Choose an answer for “%(label)s”.")
    invalid = {}
    if isinstance(bound.field, forms.EmailField):
        invalid["invalid"] = _("Write an address like name@example.org.")
    return invalid | {
        "required": required % words,
        "invalid_choice": _("Choose one of the answers listed for “%(label)s”.") % words,
        "max_length": _("Write at most %(limit_value)d characters."),
        "min_length": _("Write at least %(limit_value)d characters."),
        "null_characters_not_allowed": _("Remove the characters that cannot be read."),
    }


def _is_djangos(field: forms.Field, code: str) -> bool:
    """Whether nobody but Django worded this message."""
    given = field.error_messages.get(code)
    if given is None:
        return True
    return any(
        getattr(owner, "default_error_messages", {}).get(code) is given
        for owner in type(field).__mro__
        if owner.__module__.startswith("django.")
    )
