"""Notification tells applicants and officers what happened, and knows what became of each message.

Hears: every turn of a file that concerns a person outside the room where it happened.
Says: nothing; a dead address or a dead mail server never stops a file.
Keeps: `contacts` (how to reach the applicant of a file), `deliveries` (each message with its outcome).
"""
