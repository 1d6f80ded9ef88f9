from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "havre.domains.payments"
    label = "payments"
