from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "havre.commons.content"
    label = "content"

    def ready(self) -> None:
        from havre.commons.content import actions, queries

        for kind in queries.OWN:
            actions.register_kind(kind)
