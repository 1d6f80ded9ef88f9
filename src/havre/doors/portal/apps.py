from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "havre.doors.portal"
    label = "portal"
