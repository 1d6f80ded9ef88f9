"""Rules of choices: topics, the words agreed to, the links that withdraw."""
