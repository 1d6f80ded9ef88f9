"""What the content desk calls things: kinds, fields, entries, and what is wrong in a field."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_KINDS = {
    "faq": gettext_noop("Questions and answers"),
    "contacts": gettext_noop("Contacts"),
    "downloads": gettext_noop("Downloads"),
    "emergency": gettext_noop("Emergency numbers"),
    "security-information": gettext_noop("Security information"),
    "conditions": gettext_noop("General conditions"),
    "zones": gettext_noop("Zones of cover"),
    "certificates": gettext_noop("Certificates"),
    "maintenance": gettext_noop("Maintenance"),
    "canned-texts": gettext_noop("Texts at hand for answers"),
    "terms": gettext_noop("Terms of use"),
    "legal-notice": gettext_noop("Legal notice"),
    "privacy": gettext_noop("Privacy"),
    "safety-advice": gettext_noop("Safety advice"),
    "accessibility": gettext_noop("Accessibility"),
    "commercial-consent": gettext_noop("Commercial consent"),
}
_FIELDS = {
    "about": gettext_noop("Description"),
    "address": gettext_noop("Address"),
    "ambulance": gettext_noop("Ambulance"),
    "amount": gettext_noop("Amount"),
    "answer": gettext_noop("Text of the answer"),
    "applies_from": gettext_noop("Applies from"),
    "applies_until": gettext_noop("Applies until"),
    "at_least": gettext_noop("At least"),
    "audience": gettext_noop("For whom"),
    "birth_date": gettext_noop("Birth date"),
    "blanks": gettext_noop("Fields that can be filled in"),
    "categories": gettext_noop("Categories of guarantees"),
    "ceilings": gettext_noop("Ceilings by formula"),
    "closed": gettext_noop("Closed"),
    "closes": gettext_noop("Closes at"),
    "code": gettext_noop("Code"),
    "conditions": gettext_noop("General conditions"),
    "contacts": gettext_noop("Contacts"),
    "countries": gettext_noop("Countries"),
    "country": gettext_noop("Country"),
    "dated": gettext_noop("Dated"),
    "day": gettext_noop("Day"),
    "days": gettext_noop("Days"),
    "downloads": gettext_noop("Documents"),
    "email": gettext_noop("E-mail address"),
    "everywhere": gettext_noop("Number everywhere"),
    "file": gettext_noop("File"),
    "fire": gettext_noop("Fire service"),
    "formula": gettext_noop("Formula"),
    "formulas": gettext_noop("Formulas"),
    "hours": gettext_noop("Opening hours"),
    "id": gettext_noop("Identifier"),
    "kinds": gettext_noop("Kinds"),
    "language": gettext_noop("Language"),
    "message": gettext_noop("Message"),
    "months_ahead": gettext_noop("Months ahead"),
    "name": gettext_noop("Name"),
    "need": gettext_noop("Need"),
    "needs": gettext_noop("Needs"),
    "note": gettext_noop("Note"),
    "numbers": gettext_noop("Numbers"),
    "opens": gettext_noop("Opens at"),
    "papers": gettext_noop("Files by language"),
    "period": gettext_noop("Period"),
    "phone": gettext_noop("Phone"),
    "phrases": gettext_noop("Phrases to show"),
    "police": gettext_noop("Police"),
    "post": gettext_noop("Postal address"),
    "product": gettext_noop("Product"),
    "products": gettext_noop("Products"),
    "public": gettext_noop("Public numbers"),
    "question": gettext_noop("Question"),
    "questions": gettext_noop("Questions"),
    "remarks": gettext_noop("Remarks"),
    "repatriation": gettext_noop("Repatriation"),
    "repatriation_options": gettext_noop("Options with repatriation"),
    "role": gettext_noop("Role"),
    "rubrics": gettext_noop("Rubrics"),
    "say": gettext_noop("What to say"),
    "schemes": gettext_noop("Schemes"),
    "since": gettext_noop("Since"),
    "states": gettext_noop("States"),
    "text": gettext_noop("Text"),
    "texts": gettext_noop("Texts"),
    "title": gettext_noop("Title"),
    "topic": gettext_noop("Topic"),
    "topics": gettext_noop("Topics"),
    "until": gettext_noop("Until"),
    "version": gettext_noop("Version"),
    "watches": gettext_noop("Sites"),
    "week": gettext_noop("Week"),
    "words": gettext_noop("Wordings by language"),
    "zone": gettext_noop("Zone"),
    "zones": gettext_noop("Zones"),
    "family_name": gettext_noop("Family name"),
    "first_name": gettext_noop("First name"),
    "adherent_number": gettext_noop("Adherent number"),
    "contract_number": gettext_noop("Contract number"),
    "nir": gettext_noop("Social security number"),
}
_HINTS = {
    "id": gettext_noop("Lower-case letters, digits and hyphens. It stands in addresses: keep it."),
    "countries": gettext_noop("Codes of two letters, with commas: FR, MX. Empty for all."),
    "days": gettext_noop("With commas: monday, tuesday, wednesday, thursday, friday."),
    "opens": gettext_noop("08:00"),
    "closes": gettext_noop("18:00, or 24:00 for midnight."),
    "dated": gettext_noop("Such as 2026-01-31."),
    "applies_from": gettext_noop("Such as 2026-01-31."),
    "applies_until": gettext_noop("Such as 2026-12-31. Empty: until the next ones."),
    "since": gettext_noop("Day and hour of the house, such as 2026-11-29 02:00."),
    "until": gettext_noop("The same. Empty: until it is opened again."),
    "zone": gettext_noop("A time zone such as Europe/Paris, or the rank of a zone of cover."),
    "phone": gettext_noop("With its country code: +33 1 99 00 12 34."),
    "products": gettext_noop("Codes of products, one a line. Empty for all."),
    "formulas": gettext_noop("Codes of formulas, one a line. Empty for all."),
    "rubrics": gettext_noop("As in their addresses, one a line. Empty for the whole space."),
    "file": gettext_noop("PDF, PNG or JPEG, 10 MB at most."),
    "kinds": gettext_noop("Empty for all."),
}
# What the rules say, in English for whoever reads a file, and the same in the words of a form.
_PROBLEMS = (
    (r"is missing|is empty|Expected `str` of length >= 1", gettext_noop("Fill it in.")),
    (
        r"Expected `str` matching regex '\^\[a-z0-9\].*",
        gettext_noop("Use lower-case letters, digits and hyphens, such as lost-card."),
    ),
    (
        r"Expected `str` matching regex '\^\[A-Z\]\{2\}.*",
        gettext_noop("Use codes of two capital letters, such as FR."),
    ),
    (
        r"Expected `str` matching regex '\^https.*",
        gettext_noop("Write an address in full, such as https://www.example.org."),
    ),
    (r"Expected `str` matching regex .*", gettext_noop("Write it as the hint shows.")),
    (
        r"Expected `str` of length <= (?P<most>\d+)",
        gettext_noop("Write at most %(most)s characters."),
    ),
    (r"Expected `int`.*", gettext_noop("Write a whole number.")),
    (r"Invalid enum value '(?P<it>.*)'", gettext_noop("“%(it)s” is none of what may stand here.")),
    (r"(?P<it>.+) is there twice", gettext_noop("“%(it)s” is there twice: each has its own.")),
    (
        r"(?P<it>.+) leads nowhere",
        gettext_noop(
            "The link “%(it)s” leads nowhere. Write https://…, or a page such as contact."
        ),
    ),
    (
        r"(?P<it>\{.+\}) is no blank that is known",
        gettext_noop("%(it)s is no blank that is known: {operator}, {phone}, {email}…"),
    ),
    (
        r"(?P<it>\{.+\}) cannot be filled.*",
        gettext_noop("%(it)s cannot be filled: the settings of the house do not say it."),
    ),
    (
        r"has neither phone, nor email, nor post",
        gettext_noop("Give a phone number, an e-mail address or a postal address."),
    ),
    (r"(?P<it>.+) is none of (?P<known>.+)", gettext_noop("“%(it)s” is none of %(known)s.")),
    (r"(?P<it>.+) is no day( .*)?", gettext_noop("“%(it)s” is no day of the calendar.")),
    (r"is no day and hour.*", gettext_noop("Write a day and an hour, such as 2026-01-31 02:00.")),
    (
        r"is before the day from which they apply|is not after since|closes before it opens",
        gettext_noop("It ends before it begins."),
    ),
    (
        r"a paper in French, one in English, or both",
        gettext_noop("Give a file in French, one in English, or both."),
    ),
    (
        r"(?P<it>.+) is the code of no country",
        gettext_noop("“%(it)s” is the code of no country."),
    ),
    (
        r"(?P<it>\S+) is in zone (?P<zone>\d+) already",
        gettext_noop("%(it)s is in zone %(zone)s already."),
    ),
    (r"zone (?P<zone>\d+) is expected here", gettext_noop("Zone %(zone)s is expected here.")),
    (
        r"(?P<it>.+) is no time zone.*",
        gettext_noop("“%(it)s” is no time zone such as Europe/Paris."),
    ),
    (r"does not say the number: .*", gettext_noop("Say where the number stands: {phone}.")),
    (r"(?P<it>.+) is not there", gettext_noop("The file %(it)s is not here: send it.")),
    (
        r"(?P<it>.+) is none of \.pdf.*",
        gettext_noop("%(it)s is neither a PDF, nor a PNG, nor a JPEG."),
    ),
    (
        r"(?P<it>.+) is not what its name says.*",
        gettext_noop("%(it)s is not what its name says. Send it again as PDF, PNG or JPEG."),
    ),
    (
        r".+: name it with letters.*",
        gettext_noop("Name the file with letters without accents, digits, dots and hyphens."),
    ),
    (r"(?P<it>.+) is larger than .*", gettext_noop("%(it)s is larger than 10 MB.")),
    (r"an amount like 30000 EUR.*", gettext_noop("Write an amount such as 30000 EUR.")),
    (r"(?P<it>.+) missing", gettext_noop("Missing: %(it)s.")),
)


def kind(name: str) -> str:
    """What a kind of content is called."""
    return _(_KINDS[name]) if name in _KINDS else name


def field(name: str) -> str:
    """What a field is called."""
    return _(_FIELDS[name]) if name in _FIELDS else name


def hint(name: str) -> str:
    """What to know before writing in a field; "" for nothing."""
    return _(_HINTS[name]) if name in _HINTS else ""


def problem(why: str) -> str:
    """What is wrong, and what to do; as the rules say it where nobody found better words."""
    for pattern, words in _PROBLEMS:
        if found := re.fullmatch(pattern, why):
            return _(words) % found.groupdict() if found.groupdict() else _(words)
    return why


def entry(value: Any, *, language: str, rank: int | str) -> str:
    """What an entry of a list is called, in the reader's language: its title, else its rank."""
    if isinstance(value, Mapping):
        for name in ("question", "title", "name", "message", "language", "text", "about"):
            if said := _said(value.get(name), language):
                return said
        for name in ("id", "code", "phone", "formula", "need", "country", "day"):
            if value.get(name):
                return str(value[name])
        if said := _said(value, language):
            return said
        for name in ("days", "countries"):
            if value.get(name):
                return ", ".join(value[name][:7])
    return str(rank) if isinstance(rank, str) else _("Entry %(number)d") % {"number": rank + 1}


def _said(value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("fr") or value.get("en") or "")
    return value if isinstance(value, str) else ""
