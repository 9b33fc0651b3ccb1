"""What the office decided, as data, checked when it is loaded: licence types, service standards, organisation, tariffs,
holidays, opening hours, declared force majeure.

Data lies in YAML folders; code beside them reads it: `licences` (types), `standards_book` (the secretariat's services),
`path` and `walk` (the steps of a service, and where a file stands on them), `yearly_table` (table 3.2.4, the mix of a
year), `office` (people and authority), `tariff_book` (dated tariffs), `retribution`
(formulas by legal basis), `office_calendar` (days off and opening hours),
`force_majeure`. Nothing here does I/O beyond reading these files.
"""
