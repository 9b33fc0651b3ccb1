"""Retribution computes what is to be paid and explains it: nota perhitungan, SKRD, payment, receipt, late interest.

Hears: a file's retribution is due; the file was withdrawn or refused; its own signed papers, to print them.
Says: a nota was signed and filed, an SKRD signed and issued, paid, a receipt issued; a late debt was claimed.
Keeps: `assessments` (one document per file), `payment_codes`, `payments` (each bank reference once), `proofs` (what
each night's recomputing found), `series`, `numbers`.
"""
