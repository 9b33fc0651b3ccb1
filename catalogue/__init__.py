"""What the office decided, as data: licence types, organisation, tariffs and holidays, checked when they are loaded.

Data lies in YAML folders (`licence_types/`, `organisation/`, `tariffs/`, `holidays/`); code beside them reads it:
`licences` (types), `yearly_table` (table 3.2.4 and the mix of a year), `office` (people and authority),
`tariff_book` (dated tariffs), `office_calendar` (days off). Nothing here does I/O beyond reading these files.
"""
