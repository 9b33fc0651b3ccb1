"""Issuance drafts the licence, collects the initials (paraf) in order, has it signed, numbers it, and hands it over.

Hears: a licence is due; the file was withdrawn or refused; its own signature, to make the signed PDF/A.
Says: a licence was signed, issued, handed over.
Keeps: `drafts` (one document per file), `codes` (verification code → file), `series`, `numbers`.
"""
