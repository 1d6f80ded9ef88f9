"""The file of a member at the desk: found, read, and changed at the member's wish."""
