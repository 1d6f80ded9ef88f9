"""What the house's texts say of it: the settings that fill their blanks, by language."""

from havre.project.settings import Settings


def house_facts(house: Settings) -> dict[str, dict[str, str]]:
    """The words for ``{operator}``, ``{phone}`` and the other blanks, in French and in English."""
    shared = {
        "operator": house.OPERATOR_NAME,
        "legal_name": house.OPERATOR_LEGAL_NAME or house.OPERATOR_NAME,
        "address": house.OPERATOR_ADDRESS,
        "phone": house.OPERATOR_PHONE,
        "email": house.OPERATOR_EMAIL,
    }
    return {
        "fr": {**shared, "hours": house.OPERATOR_HOURS_FR},
        "en": {**shared, "hours": house.OPERATOR_HOURS_EN},
    }
