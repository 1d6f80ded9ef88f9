from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class StaffState(StrEnum):
    """``INVITED`` until a password is chosen; ``ENDED`` the day somebody leaves."""

    INVITED = "INVITED"
    ACTIVE = "ACTIVE"
    ENDED = "ENDED"


class StaffRole(StrEnum):
    """What somebody does here. What each may do is data: ``roles.yaml``."""

    AGENT = "AGENT"
    HEALTH_AGENT = "HEALTH_AGENT"
    MEDICAL_ADVISER = "MEDICAL_ADVISER"
    SUPERVISOR = "SUPERVISOR"
    EDITOR = "EDITOR"
    ADVISER = "ADVISER"
    DATA_PROTECTION_OFFICER = "DATA_PROTECTION_OFFICER"
    ADMINISTRATOR = "ADMINISTRATOR"


class Permission(StrEnum):
    """One thing that can be done at the desk."""

    REQUESTS_READ = "requests.read"
    REQUESTS_DECIDE = "requests.decide"
    REQUESTS_DECIDE_HEALTH = "requests.decide_health"
    REQUESTS_SECOND = "requests.second"
    PRIVACY_DECIDE = "privacy.decide"
    QUEUES_ASSIGN = "queues.assign"
    MESSAGES_ANSWER = "messages.answer"
    MEMBERS_FIND = "members.find"
    MEMBERS_CHANGE = "members.change"
    ACCOUNTS_MANAGE = "accounts.manage"
    HEALTH_OPEN = "health.open"
    MEDICAL_READ = "medical.read"
    CONTENT_EDIT = "content.edit"
    FIGURES_READ = "figures.read"
    AUDIT_READ = "audit.read"
    STAFF_MANAGE = "staff.manage"


Matrix = Mapping[StaffRole, frozenset[Permission]]


@dataclass(frozen=True)
class Scope:
    """Whose files somebody works on. An empty part is no limit; each part that is not must match."""

    products: frozenset[str] = field(default_factory=frozenset)
    employers: frozenset[UUID] = field(default_factory=frozenset)
    intermediaries: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def is_everything(self) -> bool:
        return not (self.products or self.employers or self.intermediaries)

    def covers(
        self,
        *,
        product: str | None = None,
        employer: UUID | None = None,
        intermediary: UUID | None = None,
    ) -> bool:
        """Whether a file of this product, employer and intermediary is in scope. What is not known
        of a file is in no scope that asks for it."""
        return (
            (not self.products or product in self.products)
            and (not self.employers or employer in self.employers)
            and (not self.intermediaries or intermediary in self.intermediaries)
        )
