from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "havre.commons.content"
    label = "content"
