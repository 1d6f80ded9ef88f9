"""Prices tell nothing of anyone."""

from havre.foundation.personal_data import NotPersonal, TableDeclaration

DECLARATIONS = (
    TableDeclaration(
        "pricing.TariffLine",
        (
            NotPersonal(
                (
                    *("id", "product_code", "formula_code", "option_code", "name_fr", "name_en"),
                    *("scheme", "zone", "from_age", "to_age", "monthly", "currency"),
                    *("first_day", "last_day"),
                ),
                "what the house asks of everybody",
            ),
        ),
    ),
)
