"""The guard: who is asking, told to the database itself, transaction by transaction."""

from havre.foundation.db.guard import Actor, Channel, acting
from havre.foundation.db.roles import Role

__all__ = ["Actor", "Channel", "Role", "acting"]
