from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "havre.commons.privacy"
    label = "privacy"
