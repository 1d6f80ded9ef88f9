"""What is sold tells nothing of anyone."""

from havre.foundation.personal_data import NotPersonal, TableDeclaration

_SOLD = "what the house sells to everybody"

DECLARATIONS = (
    TableDeclaration(
        "products.Formula",
        (
            NotPersonal(
                (
                    "id",
                    "product_code",
                    "product_name_fr",
                    "product_name_en",
                    "code",
                    "name_fr",
                    "name_en",
                ),
                _SOLD,
            ),
        ),
    ),
    TableDeclaration(
        "products.Guarantee",
        (
            NotPersonal(
                (
                    "id",
                    "formula",
                    "position",
                    "category",
                    "label_fr",
                    "label_en",
                    "text_fr",
                    "text_en",
                ),
                _SOLD,
            ),
        ),
    ),
)
