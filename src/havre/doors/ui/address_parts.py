"""What countries call the parts of their addresses, in words of the page."""

from django.utils.translation import gettext as _

from havre.foundation.addresses import Part, PartRule

AUTOCOMPLETE = {
    Part.STREET: "street-address",
    Part.DISTRICT: "address-level3",
    Part.CITY: "address-level2",
    Part.REGION: "address-level1",
    Part.POSTAL_CODE: "postal-code",
}


def part_label(rule: PartRule) -> str:
    """What a country calls a part of its addresses, in words of the page."""
    said = {
        "street": _("Street and number, building, apartment"),
        "city": _("Town"),
        "post_town": _("Post town"),
        "suburb": _("Suburb"),
        "district": _("District"),
        "neighborhood": _("Neighbourhood"),
        "village_township": _("Village or township"),
        "townland": _("Townland"),
        "area": _("Area"),
        "county": _("County"),
        "department": _("Department"),
        "do_si": _("Province or metropolitan city"),
        "emirate": _("Emirate"),
        "island": _("Island"),
        "oblast": _("Oblast"),
        "parish": _("Parish"),
        "prefecture": _("Prefecture"),
        "province": _("Province"),
        "state": _("State"),
        "zip": _("ZIP code"),
        "pin": _("PIN code"),
        "eircode": _("Eircode"),
    }
    return said.get(rule.kind, _("Postal code"))
