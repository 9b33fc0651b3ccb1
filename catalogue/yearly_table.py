"""Table 3.2.4 added up: what each year comes to under each reading, and the mix of a year by kind.

The printed bottom row is the sum of neither the 66 rows nor of every line. Six columns and the total come out
only under reading E; the other readings show how far each simpler way of counting is off.
"""

from collections.abc import Iterator

from catalogue.licence_type import YEARS, LicenceType
from catalogue.licences import LicenceTable, licence_table

READINGS = {
    "A": "the numbered rows as printed",
    "B": "A, with a row whose cells are partly blank replaced by its sub-rows (transport, row 15)",
    "C": "B, with the sub-row that adds to its row (site plan, row 2)",
    "D": "C, with the health rows replaced by their header",
    "E": "D, without the row that is not counted (revocation of SIUP, row 50)",
}


def totals(table: LicenceTable | None = None) -> dict[str, dict[int, int]]:
    """Each year's sum under the readings A to E, and the bottom row as "printed". E equals printed in every year."""
    table = table or licence_table()
    sums: dict[str, dict[int, int]] = {reading: {} for reading in (*READINGS, "printed")}
    for year in YEARS:
        by_lines = additive = by_header = left_out = 0
        for kind in table.types.values():
            row = kind.count(year) or 0
            counted_lines = sum(line.count(year) or 0 for line in kind.lines if line.counted)
            if kind.counted:
                additive += counted_lines
            elif counted_lines or any(line.counted for line in kind.lines):
                by_lines += counted_lines - row
            elif kind.header is not None and table.headers[kind.header].counted:
                by_header -= row
            else:
                left_out += row
        by_header += sum(header.count(year) or 0 for header in table.headers.values() if header.counted)
        running = sum(kind.count(year) or 0 for kind in table.types.values())
        for reading, step in zip(READINGS, (0, by_lines, additive, by_header, -left_out), strict=True):
            running += step
            sums[reading][year] = running
        sums["printed"][year] = table.bottom_row.count(year) or 0
    return sums


def mix(year: int, table: LicenceTable | None = None) -> list[tuple[str, str | None, int]]:
    """What was issued in `year` as (type code, sub-kind or None, count), adding up to reading E. Zeros are left out.

    A row with a breakdown is given by its sub-kinds, otherwise as a whole. Where the printed sub-rows exceed their row
    (HO/SITU in 2016: 1,074 against 1,029) the row stands and is spread over them in proportion. Licences a header
    counts beyond its rows (37 in health, 2016) go to the row named in the header's `differences`.
    """
    table = table or licence_table()
    extra: dict[str, int] = {}
    for header in table.headers.values():
        for difference in header.differences:
            if header.counted and difference.year == year:
                extra[difference.attributed_to] = difference.count
    return [
        (kind.code, sub_kind, count)
        for kind in table.types.values()
        for sub_kind, count in _leaves(kind, year, table, extra.get(kind.code, 0))
        if count
    ]


def mix_2016() -> list[tuple[str, str | None, int]]:
    """The mix of 2016: (type code, sub-kind or None, count), together 57,025."""
    return mix(2016)


def _leaves(kind: LicenceType, year: int, table: LicenceTable, extra: int) -> Iterator[tuple[str | None, int]]:
    within = {line.code: line.count(year) or 0 for line in kind.lines if not line.counted}
    own = {line.code: line.count(year) or 0 for line in kind.lines if line.counted}
    yield from own.items()
    by_header = kind.header is not None and table.headers[kind.header].counted
    if not kind.counted and not by_header:
        return
    row = (kind.count(year) or 0) + extra
    if any(within.values()):
        yield from spread(row, within).items()
    else:
        yield None, row


def spread(total: int, weights: dict[str, int]) -> dict[str, int]:
    """Share `total` over the keys in proportion to their weights, by largest remainder (first key wins a tie)."""
    whole = sum(weights.values())
    shares = {key: total * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: -(total * weights[key] % whole))
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares
