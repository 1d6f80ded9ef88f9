from enum import StrEnum


class Datum(StrEnum):
    """A datum whose reading is recorded."""

    NIR = "NIR"
