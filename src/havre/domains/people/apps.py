from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "havre.domains.people"
    label = "people"
