"""Mails that one may do without: a reimbursement was paid, and news that one agreed to."""
