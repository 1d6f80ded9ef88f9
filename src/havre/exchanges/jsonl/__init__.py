"""The JSON Lines dialect: the documented form of the feeds of members and of statements.

``read`` streams the records of files, ``write`` writes a file with its trailer, ``template`` gives
a small fictional file to start from. The form is described in ``docs/feeds.md``.
"""

from havre.exchanges.jsonl.reader import read
from havre.exchanges.jsonl.writer import encoded, template, write

__all__ = ["encoded", "read", "template", "write"]
