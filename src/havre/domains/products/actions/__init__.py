"""Everything that changes what is sold."""

from havre.domains.products.actions.load import (
    FormulaRow,
    GuaranteeRow,
    find_formulas,
    load_formulas,
    load_guarantees,
)

__all__ = ["FormulaRow", "GuaranteeRow", "find_formulas", "load_formulas", "load_guarantees"]
