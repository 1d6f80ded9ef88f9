from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "havre.domains.health"
    label = "health"
