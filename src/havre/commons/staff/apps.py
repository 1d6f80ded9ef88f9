from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "havre.commons.staff"
    label = "staff"

    def ready(self) -> None:
        from havre.commons.staff.actions import mails

        mails.register()
