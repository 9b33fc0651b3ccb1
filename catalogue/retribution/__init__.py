"""How retribution is computed: one file per legal basis, every amount with what it was made of. No driver, no clock.

`formulas.compute(name, inputs)` gives a `note.Note`; tariffs come dated from `catalogue.tariff_book`.
"""
