"""The forms by which it is changed how a member is reached, each on a page of its own, at both doors."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from havre.domains.people.words import OriginSeen
from havre.doors.ui import fields, formats
from havre.doors.ui.address_parts import AUTOCOMPLETE, part_label
from havre.doors.ui.forms import Form
from havre.foundation.addresses import (
    Part,
    PartRule,
    PostalAddress,
    countries,
    fits_postal_code,
    parts_of,
)
from havre.foundation.names import sort_key
from havre.foundation.phones import WrongPhone, read_phone

_MOST_LINES = 4


class ContactForm(Form):
    """``shown`` is when the value on the page was set: it is not replaced by a page that is old."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def shown_at(self) -> datetime | None:
        """When the value on the page was set; none where that is not known."""
        text = self.cleaned_data["shown"]
        try:
            return datetime.fromisoformat(text) if text else None
        except ValueError:
            return None


def with_origin(
    origin: OriginSeen | None, values: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The values of a form, and when the one on file was set."""
    return {**(values or {}), "shown": origin.at.isoformat() if origin and origin.at else ""}


class AddressForm(ContactForm):
    """The fields that the country's addresses have, in its order, under its own names."""

    country = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        self._country = country
        kwargs["initial"] = {**(kwargs.get("initial") or {}), "country": country}
        super().__init__(*args, **kwargs)
        for rule in parts_of(country):
            self.fields[rule.part.value] = _field(rule)
        self.word_errors()

    def clean_country(self) -> str:
        return self._country  # of the page's address: it says which fields there are

    def clean_street_address(self) -> tuple[str, ...]:
        lines = [line.strip() for line in self.cleaned_data["street_address"].splitlines()]
        kept = tuple(line for line in lines if line)
        if len(kept) > _MOST_LINES:
            raise forms.ValidationError(_("Write it on four lines at the most."))
        return kept

    def clean_postal_code(self) -> str:
        code = str(self.cleaned_data["postal_code"]).upper()
        if code and not fits_postal_code(code, country=self._country):
            example = next(r.example for r in parts_of(self._country) if r.part is Part.POSTAL_CODE)
            raise forms.ValidationError(
                _("In this country a postal code looks like %(example)s.") % {"example": example}
            )
        return code

    def address(self) -> PostalAddress:
        said = self.cleaned_data
        return PostalAddress(
            lines=said["street_address"],
            country=self._country,
            postal_code=said.get("postal_code") or None,
            city=said.get("city") or None,
            district=said.get("city_area") or None,
            region=said.get("country_area") or None,
        )


def typed_address(address: PostalAddress | None, *, country: str) -> dict[str, str]:
    """What the fields of ``country`` hold when the page comes: the address on file, if it is there."""
    if address is None or address.country != country:
        return {}
    lines = address.lines
    if address.city and not any(rule.part is Part.CITY for rule in parts_of(country)):
        lines = (*lines, address.city)  # of a feed: the country itself writes it with the street
    return {
        "street_address": "\n".join(lines),
        "city_area": address.district or "",
        "city": address.city or "",
        "country_area": address.region or "",
        "postal_code": address.postal_code or "",
    }


def _field(rule: PartRule) -> forms.Field:
    given: dict[str, Any] = {"label": part_label(rule), "required": rule.required}
    attributes = {"autocomplete": AUTOCOMPLETE[rule.part]}
    if rule.choices:
        answers = [("", _("Choose")), *rule.choices]
        return forms.ChoiceField(choices=answers, widget=forms.Select(attributes), **given)
    if rule.part is Part.STREET:
        widget: forms.Widget = forms.Textarea({**attributes, "rows": "3"})
        return forms.CharField(widget=widget, max_length=400, **given)
    if rule.example:
        given["help_text"] = _("For example %(example)s") % {"example": rule.example}
    return forms.CharField(widget=forms.TextInput(attributes), max_length=100, **given)


class PhoneForm(ContactForm):
    """``country`` is where a number without its country code would be dialled."""

    phone = forms.CharField(
        label=gettext_lazy("Telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        self._country = country
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = _(
            "With its country code, for example +33 6 12 34 56 78, or as it is dialled in this"
            " country: %(country)s. Leave it empty if you no longer have one."
        ) % {"country": formats.country(country)}

    def clean_phone(self) -> str | None:
        typed = self.cleaned_data["phone"]
        if not typed:
            return None
        try:
            return read_phone(typed, country=self._country)
        except WrongPhone:
            raise forms.ValidationError(
                _("No telephone has this number. Check the digits, and the country code after “+”.")
            ) from None


class LanguageForm(ContactForm):
    language = forms.ChoiceField(
        label=gettext_lazy("Language of your mails and statements"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )


class CountryForm(ContactForm):
    country = forms.ChoiceField(label=gettext_lazy("Country of expatriation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        field.choices = [("", _("Choose")), *country_choices()]  # type: ignore[attr-defined]


class EmailForm(Form):
    email = fields.EmailField(label=gettext_lazy("New e-mail address"), max_length=254)


def country_choices() -> Sequence[tuple[str, str]]:
    """Every country by its name in the language of the page, in the order of names."""
    return _countries_by_name(get_language())


@lru_cache(maxsize=4)
def _countries_by_name(_language: str) -> Sequence[tuple[str, str]]:
    named = ((code, formats.country(code)) for code in countries())
    return tuple(sorted(named, key=lambda one: sort_key(one[1])))
