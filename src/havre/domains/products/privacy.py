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
                    "currency",
                    "year",
                    "ceilings_count",
                    "overall_ceiling",
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
                    "code",
                    "percent",
                    "percent_of",
                    "ceilings",
                    "waiting_months",
                    "prior_agreement",
                    "prior_agreement_above",
                ),
                _SOLD,
            ),
        ),
    ),
)
