"""Writing to the team, and answering: the hours, the queue, the mail that says an answer waits."""
