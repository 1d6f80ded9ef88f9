"""Documents that last and that everyone can read: PDF/A-2a and PDF/UA-1, typeset by Typst."""

from havre.foundation.pdf.engine import TypesettingFailed, UnprintableText, typeset

__all__ = ["TypesettingFailed", "UnprintableText", "typeset"]
