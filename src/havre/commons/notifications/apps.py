from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "havre.commons.notifications"
    label = "notifications"
