from django.db import models

from havre.foundation.ids import new_id


class Formula(models.Model):
    """A formula of a product, in both languages."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product_code = models.TextField()
    product_name_fr = models.TextField()
    product_name_en = models.TextField()
    code = models.TextField()
    name_fr = models.TextField()
    name_en = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product_code", "code"], name="one_formula_a_product_and_code"
            ),
        ]


class Guarantee(models.Model):
    """A row of a formula's guarantee table, as members read it."""

    id = models.BigAutoField(primary_key=True)
    formula = models.ForeignKey(Formula, on_delete=models.CASCADE, related_name="guarantees")
    position = models.IntegerField()
    category = models.TextField()
    label_fr = models.TextField()
    label_en = models.TextField()
    text_fr = models.TextField()
    text_en = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["formula", "position"], name="one_guarantee_a_position"
            ),
        ]
