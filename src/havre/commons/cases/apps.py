from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "havre.commons.cases"
    label = "cases"
