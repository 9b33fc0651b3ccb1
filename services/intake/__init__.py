"""Intake registers applications and owns the path of every file: where it stands, who holds it, what comes next.

Hears: what each step brought (berita acara, nota, SKRD, payment, licence, archived bundle) and its own facts to print.
Says: a file came in, is complete, is due at a step, was withdrawn or refused, is to be archived.
Keeps: `applications` (one document per file, with its whole history), `resi` (which file a resi belongs to).
"""
