"""Wiring of the design system."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layouts, macros, stylesheet and icons shared by every door."""

    name = "havre.doors.ui"
    label = "ui"
