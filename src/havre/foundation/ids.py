"""Ids that may show in an address: they tell no count, and sort by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562): unique without asking anyone, and in order in an index."""
    return uuid7()
