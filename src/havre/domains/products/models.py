from decimal import Decimal

from django.db import models

from havre.domains.products.words import CeilingsCount, CeilingYear, PercentOf, PriorAgreement
from havre.foundation.db.fields import choices_of
from havre.foundation.ids import new_id


def _amount() -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(max_digits=16, decimal_places=4, null=True)


class Formula(models.Model):
    """A formula of a product, in both languages."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product_code = models.TextField()
    product_name_fr = models.TextField()
    product_name_en = models.TextField()
    code = models.TextField()
    name_fr = models.TextField()
    name_en = models.TextField()
    currency = models.TextField(null=True)
    year = models.TextField(default=CeilingYear.CALENDAR, choices=choices_of(CeilingYear))
    ceilings_count = models.TextField(
        default=CeilingsCount.REIMBURSED, choices=choices_of(CeilingsCount)
    )
    overall_ceiling = _amount()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product_code", "code"], name="one_formula_a_product_and_code"
            ),
        ]


class Guarantee(models.Model):
    """A row of a formula's guarantee table, as members read it and, where known, for a machine.

    ``ceilings`` are a list of objects with the fields of ``words.Ceiling``, amounts as strings.
    """

    id = models.BigAutoField(primary_key=True)
    formula = models.ForeignKey(Formula, on_delete=models.CASCADE, related_name="guarantees")
    position = models.IntegerField()
    category = models.TextField()
    label_fr = models.TextField()
    label_en = models.TextField()
    text_fr = models.TextField()
    text_en = models.TextField()
    code = models.TextField(null=True)
    percent = models.SmallIntegerField(null=True)
    percent_of = models.TextField(default=PercentOf.COST, choices=choices_of(PercentOf))
    ceilings = models.JSONField(default=list)
    waiting_months = models.SmallIntegerField(null=True)
    prior_agreement = models.TextField(null=True, choices=choices_of(PriorAgreement))
    prior_agreement_above = _amount()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["formula", "position"], name="one_guarantee_a_position"
            ),
        ]
