from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "havre.commons.audit"
    label = "audit"
