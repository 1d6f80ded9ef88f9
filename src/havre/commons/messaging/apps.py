from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "havre.commons.messaging"
    label = "messaging"
