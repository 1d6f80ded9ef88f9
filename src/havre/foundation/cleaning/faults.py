"""Why a file that somebody sends is not kept."""

from enum import StrEnum


class Fault(StrEnum):
    EMPTY = "EMPTY"
    UNKNOWN_TYPE = "UNKNOWN_TYPE"  # none of the kinds that are taken
    MISNAMED = "MISNAMED"  # taken, but its name says another kind
    TOO_LARGE = "TOO_LARGE"
    PASSWORD = "PASSWORD"  # noqa: S105  # a PDF that asks for one
    TOO_MANY_PAGES = "TOO_MANY_PAGES"
    TOO_MANY_PIXELS = "TOO_MANY_PIXELS"
    TOO_HEAVY = "TOO_HEAVY"  # to open it takes more memory or time than any paper needs
    DAMAGED = "DAMAGED"  # cut, or not written as its kind is


class Unfit(Exception):
    """The file is not kept: ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)
