"""From "Create my account" to home: matching, the two mails, reviews, and the first sign-in."""
