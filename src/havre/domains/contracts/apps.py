from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "havre.domains.contracts"
    label = "contracts"
