"""What roles, permissions and states of staff are called on screen."""

from django.utils.translation import gettext as _

from havre.commons.staff.words import Permission, StaffRole, StaffState


def role(code: StaffRole) -> str:
    return {
        StaffRole.AGENT: _("Agent"),
        StaffRole.HEALTH_AGENT: _("Health agent"),
        StaffRole.MEDICAL_ADVISER: _("Medical adviser"),
        StaffRole.SUPERVISOR: _("Supervisor"),
        StaffRole.EDITOR: _("Editor"),
        StaffRole.ADVISER: _("Adviser"),
        StaffRole.DATA_PROTECTION_OFFICER: _("Data-protection officer"),
        StaffRole.ADMINISTRATOR: _("Administrator"),
    }[code]


def role_in_a_line(code: StaffRole) -> str:
    return {
        StaffRole.AGENT: _("Answers and decides, without health."),
        StaffRole.HEALTH_AGENT: _("As an agent, and opens health for a stated purpose."),
        StaffRole.MEDICAL_ADVISER: _("Reads what only a medical adviser may read."),
        StaffRole.SUPERVISOR: _("As an agent; second signature, assignments and figures."),
        StaffRole.EDITOR: _("Changes texts; reaches no member."),
        StaffRole.ADVISER: _("Reads and answers, decides nothing."),
        StaffRole.DATA_PROTECTION_OFFICER: _("Handles people’s rights over their data."),
        StaffRole.ADMINISTRATOR: _("Invites staff and ends their access; reaches no member."),
    }[code]


def permission(code: Permission) -> str:
    return {
        Permission.REQUESTS_READ: _("Read requests"),
        Permission.REQUESTS_DECIDE: _("Decide on requests"),
        Permission.REQUESTS_DECIDE_HEALTH: _("Decide on requests about care"),
        Permission.REQUESTS_SECOND: _("Give the second signature"),
        Permission.PRIVACY_DECIDE: _("Answer people who use their rights on their data"),
        Permission.QUEUES_ASSIGN: _("Assign work to others"),
        Permission.MESSAGES_ANSWER: _("Answer messages"),
        Permission.MEMBERS_FIND: _("Find members and read their file"),
        Permission.MEMBERS_CHANGE: _("Change a member’s data on their behalf"),
        Permission.ACCOUNTS_MANAGE: _("Open, close and restore accounts"),
        Permission.HEALTH_OPEN: _("Open health, for a stated purpose"),
        Permission.MEDICAL_READ: _("Read what is for the medical adviser alone"),
        Permission.CONTENT_EDIT: _("Change published texts"),
        Permission.FIGURES_READ: _("Read figures of the service"),
        Permission.AUDIT_READ: _("Read who did and read what"),
        Permission.STAFF_MANAGE: _("Invite staff, change roles, end access"),
    }[code]


def state(code: StaffState) -> tuple[str, str]:
    """Words and the kind of a tag."""
    return {
        StaffState.INVITED: (_("Invited"), "wait"),
        StaffState.ACTIVE: (_("Works here"), "ok"),
        StaffState.ENDED: (_("Left"), ""),
    }[code]
