from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Tells lower floors, at start-up, who does what they only declare."""

    name = "havre.project"
    label = "project"

    def ready(self) -> None:
        from havre.commons.content.actions import register_kind
        from havre.doors.portal import closures
        from havre.journeys.account_life import mails as life
        from havre.journeys.account_opening import mails as opening
        from havre.journeys.account_security import mails as security
        from havre.journeys.bank_accounts import mails as bank_accounts
        from havre.journeys.certificates.catalogue import CONTENT
        from havre.journeys.confidentiality import mails as confidentiality
        from havre.journeys.member_file import letters
        from havre.journeys.member_file import mails as member_file
        from havre.journeys.messages import mails as messages
        from havre.journeys.notices import mails as notices
        from havre.journeys.own_contact import mails as own_contact
        from havre.journeys.requests import mails as requests

        register_kind(CONTENT)
        register_kind(closures.KIND)
        life.register()
        opening.register()
        security.register()
        confidentiality.register()
        messages.register()
        notices.register()
        own_contact.register()
        bank_accounts.register()
        requests.register()
        member_file.register()
        letters.register()
        _publishing()


def _publishing() -> None:
    """The content desk shows members' pages and checks links to them: the doors do not know each other."""
    from django.conf import settings

    from havre.doors.portal import previews
    from havre.doors.ui.publishing import Publishing, register
    from havre.project.house_facts import house_facts

    def pages() -> frozenset[str]:
        from havre.project.urls import page_names  # once every address is there

        return page_names()

    register(
        Publishing(
            facts=lambda: house_facts(settings.HAVRE),
            pages=pages,
            previewed=previews.PREVIEWED,
            preview=previews.preview,
        )
    )
