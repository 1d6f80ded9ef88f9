from django.db import models

from havre.foundation.ids import new_id


class TariffLine(models.Model):
    """A line of the price list of a product."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product_code = models.TextField()
    formula_code = models.TextField()
    option_code = models.TextField(default="")
    name_fr = models.TextField(default="")
    name_en = models.TextField(default="")
    scheme = models.TextField(default="")
    zone = models.SmallIntegerField(null=True)
    from_age = models.SmallIntegerField()
    to_age = models.SmallIntegerField()
    monthly = models.DecimalField(max_digits=16, decimal_places=4)
    currency = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("product_code", "formula_code", "option_code", "scheme", "zone"),
                    *("from_age", "first_day"),
                ],
                nulls_distinct=False,
                name="one_price_a_line",
            ),
            models.CheckConstraint(
                condition=models.Q(to_age__gte=models.F("from_age"), monthly__gte=0),
                name="a_price_has_ages_and_is_not_negative",
            ),
        ]
