from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "havre.commons.worklist"
    label = "worklist"
