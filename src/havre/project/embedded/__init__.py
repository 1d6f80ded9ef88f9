"""PostgreSQL without installing it: the server out of a wheel, for demonstration and tests."""

from havre.project.embedded.refusals import EmbeddedServerRefusal
from havre.project.embedded.server import EmbeddedServer, ensure

__all__ = ["EmbeddedServer", "EmbeddedServerRefusal", "ensure"]
