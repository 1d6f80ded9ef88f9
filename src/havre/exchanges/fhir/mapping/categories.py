"""What kind of care an item is, in our categories.

Asked in this order, the first that answers wins: the code system of the act (a vaccine is a vaccine
wherever it is given), the type of the explanation where it says one kind of care only, the act's CPT
range, the item's category, the place of care, and the type again. Otherwise ``OTHER``.
"""

from havre.exchanges.fhir.mapping.values import tails
from havre.exchanges.fhir.resources import Concept, Item
from havre.journeys.loading.records import Category

# The act's code system, by the end of its address.
_BY_SYSTEM: dict[str, Category] = {
    "cvx": "PREVENTION",  # vaccines: http://hl7.org/fhir/sid/cvx
    "ndc": "PHARMACY",  # American medicines: http://hl7.org/fhir/sid/ndc
    "rxnorm": "PHARMACY",
    "cdt": "DENTAL",  # American Dental Association
}
# http://terminology.hl7.org/CodeSystem/claim-type
_BY_TYPE: dict[str, Category] = {"pharmacy": "PHARMACY", "oral": "DENTAL", "vision": "OPTICAL"}
_BY_TYPE_AT_LAST: dict[str, Category] = {"institutional": "HOSPITAL"}
# CPT, first and last code of the chapters that are one of our categories.
_BY_CPT: tuple[tuple[int, int, Category], ...] = (
    (100, 58999, "HOSPITAL"),  # anaesthesia, surgery
    (59000, 59899, "MATERNITY"),
    (60000, 69999, "HOSPITAL"),
    (70000, 89999, "LABORATORY"),  # radiology, pathology and laboratory
    (90460, 90759, "PREVENTION"),  # vaccines and their injection
    (92002, 92499, "OPTICAL"),  # eye care
    (97010, 97799, "NURSING"),  # physical medicine, with nursing in our categories
    (97810, 98943, "COMPLEMENTARY"),  # acupuncture, osteopathy, chiropractic
    (99202, 99215, "GENERAL_PRACTITIONER"),
    (99221, 99239, "HOSPITAL"),
    (99242, 99255, "SPECIALIST"),  # consultations
    (99381, 99429, "PREVENTION"),
)
_CPT = "http://www.ama-assn.org/go/cpt"
# https://bluebutton.cms.gov/resources/variables/line_cms_type_srvc_cd ; "1", medical care, says nothing.
_BY_ITEM: dict[str, Category] = {
    "2": "HOSPITAL",  # surgery
    "3": "SPECIALIST",  # consultation
    "4": "LABORATORY",  # diagnostic radiology
    "5": "LABORATORY",
    "7": "HOSPITAL",  # anaesthesia
    "8": "HOSPITAL",  # assistance at surgery
    "B": "PREVENTION",  # pneumococcal vaccine
    "Q": "OPTICAL",  # vision items
    "V": "PREVENTION",  # vaccines
    "W": "NURSING",  # physical therapy
}
# CMS place of service, also in http://terminology.hl7.org/CodeSystem/ex-serviceplace
_BY_PLACE: dict[str, Category] = {
    "01": "PHARMACY",
    "11": "GENERAL_PRACTITIONER",  # office
    "12": "NURSING",  # home
    "17": "GENERAL_PRACTITIONER",  # walk-in clinic
    "19": "HOSPITAL",  # outpatient
    "20": "GENERAL_PRACTITIONER",  # urgent care
    "21": "HOSPITAL",
    "22": "HOSPITAL",
    "23": "HOSPITAL",  # emergency room
    "25": "MATERNITY",  # birthing centre
    "41": "TRANSPORT",  # ambulance
    "42": "TRANSPORT",
    "49": "GENERAL_PRACTITIONER",  # independent clinic
    "81": "LABORATORY",
}


def category(item: Item | None, kind: Concept) -> Category:
    """The category of an item of a claim or an explanation of that type; without item, of the whole."""
    act = item.product_or_service if item else Concept()
    asked = (
        _of_act(act),
        _first(kind, _BY_TYPE),
        _of_cpt(act),
        _first(item.category, _BY_ITEM) if item else None,
        _first(item.location_codeable_concept, _BY_PLACE) if item else None,
        _first(kind, _BY_TYPE_AT_LAST),
    )
    return next(filter(None, asked), "OTHER")


def _first(concept: Concept, table: dict[str, Category]) -> Category | None:
    return next((table[code] for code in tails(concept) if code in table), None)


def _of_act(act: Concept) -> Category | None:
    systems = ((coding.system or "").lower().rsplit("/", 1)[-1] for coding in act.coding)
    return next((_BY_SYSTEM[system] for system in systems if system in _BY_SYSTEM), None)


def _of_cpt(act: Concept) -> Category | None:
    for coding in act.coding:
        if coding.system == _CPT and coding.code and coding.code.isdecimal():
            number = int(coding.code)
            return next((kind for low, high, kind in _BY_CPT if low <= number <= high), None)
    return None
