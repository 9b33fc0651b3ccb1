"""Retribution computes what is to be paid and explains it: nota, SKRD, payment, receipt, interest, recaps, tax notes.

Hears: a file's retribution is due; a file carries a tax; the file was withdrawn or refused; its own signed papers, to
print them.
Says: a nota was signed and filed, an SKRD signed and issued, paid, a receipt issued; a late debt was claimed; a recap
was signed and issued; a tax note was signed and filed; a refund was decided, granted, and paid.
Keeps: `assessments` (one document per file), `payment_codes`, `payments` (each bank reference once), the ledger
(`postings`, `day_sums`, `month_sums`), `deposits`, `assignments`, `refunds`, `statements`, `recaps`, `tax_files`,
`proofs` (what each night's recomputing and balancing found), `series`, `numbers`.
"""
