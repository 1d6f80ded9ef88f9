"""What a domain says when it will not do what was asked."""


class Refusal(Exception):
    """A named "no" that a person can read.

    Each subclass is one reason, lives beside the action that gives it and carries only plain values.
    The door that called maps the class to a sentence in the reader's language which says what to do
    next; the text given here is for developers and the command line.
    """
