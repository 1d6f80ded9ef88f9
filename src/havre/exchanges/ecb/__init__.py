"""The euro foreign exchange reference rates of the European Central Bank, as it publishes them."""

from havre.exchanges.ecb.reading import Unreadable, read

__all__ = ["Unreadable", "read"]
