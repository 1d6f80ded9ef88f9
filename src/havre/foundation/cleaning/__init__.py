"""Files from outside, made harmless: known by their bytes, written anew in a process that can do nothing."""

from havre.foundation.cleaning.faults import Fault, Unfit
from havre.foundation.cleaning.kinds import ENDINGS, HEAD, Kind, kind_of
from havre.foundation.cleaning.sandbox import Cleaned, clean, picture_of

__all__ = ["ENDINGS", "HEAD", "Cleaned", "Fault", "Kind", "Unfit", "clean", "kind_of", "picture_of"]
