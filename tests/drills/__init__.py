"""Processes are killed in the middle of their work; afterwards nothing is lost and nothing is there twice."""

import sys


def tell(drill: str, measured: str) -> None:
    """What was measured, for whoever runs the drills with ``-s``."""
    sys.stdout.write(f"\n{drill}: {measured}\n")
