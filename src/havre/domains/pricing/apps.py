from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "havre.domains.pricing"
    label = "pricing"
