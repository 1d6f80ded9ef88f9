"""Where refunds go: telling every address on file that it changes, and stopping it by the link."""
