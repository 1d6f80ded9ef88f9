from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The pages of those who serve members. Served by a process of its own."""

    name = "havre.doors.desk"
    label = "desk"
