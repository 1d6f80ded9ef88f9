"""``havre doctor``: is this installation fit to serve, and if not, what to do about it."""

from havre.project.doctor.findings import Finding, fine, wrong

__all__ = ["Finding", "fine", "wrong"]
