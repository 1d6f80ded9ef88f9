"""PostgreSQL without installing it: the server inside a wheel, for the demonstration and the tests."""

from havre.project.embedded.refusals import EmbeddedServerRefusal
from havre.project.embedded.server import EmbeddedServer, ensure

__all__ = ["EmbeddedServer", "EmbeddedServerRefusal", "ensure"]
