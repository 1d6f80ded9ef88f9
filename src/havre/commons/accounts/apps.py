from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "havre.commons.accounts"
    label = "accounts"
