from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "havre.commons.documents"
    label = "documents"
