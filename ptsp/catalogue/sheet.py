"""One licence type or one service in full on the screen."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from catalogue.cost import cost_words, tariffs_on
from catalogue.editions import Edition
from catalogue.licence_type import ASSUMED, YEARS, LicenceType, Requirement
from catalogue.licences import licence_type
from catalogue.office import Organisation
from catalogue.path import ENDS, Path
from catalogue.standard import COMPONENTS, Item, ServiceStandard
from catalogue.standard import Group as Listed
from catalogue.standards_book import StandardsDecree
from catalogue.transactions import transactions
from catalogue.wording import ENDS as END_WORDS
from catalogue.wording import outcome_words, source_words, time_words
from ptsp.catalogue.screens import number
from values.dates import long_date

HEADINGS = {
    "legal_basis": "Dasar hukum",
    "requirements": "Persyaratan",
    "steps": "Sistem, mekanisme dan prosedur",
    "time": "Jangka waktu penyelesaian",
    "fee": "Biaya/tarif",
    "products": "Produk pelayanan",
    "facilities": "Sarana, prasarana dan/atau fasilitas",
    "competencies": "Kompetensi pelaksana",
    "internal_oversight": "Pengawasan internal",
    "complaint_channels": "Penanganan pengaduan, saran dan masukan",
    "staff_count": "Jumlah pelaksana",
    "service_guarantee": "Jaminan pelayanan",
    "safety_guarantee": "Jaminan keamanan dan keselamatan pelayanan",
    "evaluation": "Evaluasi kinerja pelaksana",
}
SIDES = {"administrative": "Persyaratan administrasi", "technical": "Persyaratan teknis"}


def licence(kind: LicenceType, edition: Edition, office: Organisation) -> RenderableType:
    """Everything a type asks for and gives, as one edition has it, with the source of what is not the office's own."""
    short = f" ({kind.abbreviation})" if kind.abbreviation else ""
    parts: list[RenderableType] = [
        Text(f"{kind.number}. {kind.name}{short}", "bold"),
        Text(f"kode {kind.code}, edisi {edition.code} (berlaku sejak {long_date(edition.published)})", "dim"),
        Text(),
    ]
    grid = _grid()
    for label, words in (
        ("Bidang", office.units[kind.bidang].name),
        ("Dasar hukum", "\n".join(kind.legal_basis)),
        ("SKPD", "\n".join(office.units[code].name for code in kind.skpd) or "tidak ada"),
        ("Waktu", f"{kind.working_days} hari kerja sejak berkas lengkap{_source(kind.source_of('working_days'))}"),
        ("Biaya", _cost(kind, edition)),
        ("Produk", kind.product),
        ("Masa berlaku", _validity(kind)),
        ("Atas izin lama", _transactions(kind)),
        ("Paraf", " → ".join(office.roles[role].name for role in kind.initials)),
        ("Tanda tangan", office.roles[kind.signed_by].name),
        ("Layanan dibuka", long_date(kind.effective_from) if kind.effective_from else None),
        ("Layanan berakhir", long_date(kind.ended) if kind.ended else None),
        ("Dijumlahkan", None if kind.counted else f"tidak sebagai baris: {kind.counted_reason}"),
    ):
        if words:
            grid.add_row(Text(label, "bold"), Text(words))
    parts.append(grid)
    for side, heading in SIDES.items():
        if asked := [each for each in kind.requirements if each.kind == side]:
            parts += [Text(f"\n{heading}", "bold"), _bullets(_requirement(each, kind) for each in asked)]
    limits = Text("Batas tiap langkah asumsi; yang berlaku bagi keseluruhannya ialah baris Waktu.", "dim")
    parts += [Text("\nAlur", "bold"), limits, path(kind.path, office), Text("\nDiterbitkan", "bold"), _figures(kind)]
    return Group(*parts)


def _transactions(kind: LicenceType) -> str:
    """What may be asked about a licence that exists."""
    if kind.revokes:
        return f"ini pencabutan {licence_type(kind.revokes, kind.edition).name}"
    return ", ".join(transactions()[code].name.lower() for code in kind.ways)


def service(standard: ServiceStandard, decree: StandardsDecree, office: Organisation) -> RenderableType:
    """The fourteen components as the decree prints them, and the path."""
    parts: list[RenderableType] = [
        Text(f"{standard.code}  {standard.title}", "bold"),
        Text(office.units[standard.unit].name, "dim"),
        Text(f"Keputusan {decree.issued_by} {decree.number}, Lampiran {standard.code[2:]}", "dim"),
    ]
    for place, component in enumerate(COMPONENTS, start=1):
        parts += [Text(f"\n{place}. {HEADINGS[component]}", "bold"), _component(standard, component)]
    parts += [Text("\nAlur", "bold"), path(standard.path, office), Text()]
    parts += [Text(f"Janji: {decree.promise}"), Text(f"Maklumat: {decree.maklumat}")]
    return Group(*parts)


def path(way: Path, office: Organisation) -> RenderableType:
    """The steps by number: who, until when, and where each outcome leads."""
    place = {step.code: count for count, step in enumerate(way.steps, start=1)}
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", width=4)
    grid.add_column(overflow="fold", ratio=5)
    grid.add_column(overflow="fold", ratio=4)
    for step in way.steps:
        who = ", ".join(word for word in (office.roles[step.actor].name, time_words(step)) if word)
        to = "\n".join(
            f"{outcome_words(outcome)} → {END_WORDS[target].lower() if target in ENDS else place[target]}"
            for outcome, target in step.outcomes.items()
        )
        grid.add_row(str(place[step.code]), Text(step.name).append(f"\n{who}", style="dim"), Text(to))
    return grid


def _component(standard: ServiceStandard, component: str) -> RenderableType:
    value = getattr(standard, component)
    if component == "steps":
        grid = _grid(4)
        for step in value:
            branches = "".join(f"\n{branch.text}" for branch in step.branches)
            grid.add_row(Text(f"{step.number:>3}."), Text(f"{step.text}{branches}").append(f"  [{step.actor}]", "dim"))
        return grid
    if component in ("time", "fee", "staff_count"):
        return Padding(Text(value.printed), (0, 0, 0, 3))
    return _bullets(_lines(value))


def _lines(items: Iterable[Item], deep: int = 0) -> Iterable[Text]:
    for item in items:
        listed = isinstance(item, Listed)
        yield Text("  " * deep + (item.text if listed else item))
        if listed:
            yield from _lines(item.items, deep + 1)


def _bullets(lines: Iterable[Text]) -> RenderableType:
    grid = _grid(4)
    for line in lines:
        grid.add_row(Text("   -"), line)
    return grid


def _grid(width: int = 17) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=width)
    grid.add_column(overflow="fold")
    return grid


def _requirement(each: Requirement, kind: LicenceType) -> Text:
    only = [line.name for line in kind.lines if line.code in each.only_for]
    text = Text(each.name)
    if only:
        text.append(f", hanya {', '.join(only)}")
    return text.append(_source(each.source), style="dim")


def _cost(kind: LicenceType, edition: Edition) -> str:
    stand_in = any(row.placeholder for row in tariffs_on(kind, edition.published))
    note = "\n(tarif Kota Bekasi belum diketahui; dipakai angka sementara)" if stand_in else ""
    law = f"\n{kind.retribution.legal_basis}" if kind.retribution else ""
    source = _source(kind.source_of("retribution")) if kind.retribution is None else ""
    return cost_words(kind, edition.published) + source + law + note


def _validity(kind: LicenceType) -> str:
    words = f"{kind.validity_years} tahun" if kind.validity_years else "tidak dibatasi"
    return words + _source(kind.source_of("validity_years"))


def _source(source: str) -> str:
    return " (asumsi)" if source == ASSUMED else f" (sumber: {source_words(source)})"


def _figures(kind: LicenceType) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    for _ in YEARS:
        table.add_column(justify="right")
    table.add_row(*(Text(word, "dim") for word in ("", *map(str, YEARS))))
    for line in (kind, *kind.lines):
        cells = ("" if (count := line.count(year)) is None else number(count) for year in YEARS)
        table.add_row(Text("   semua" if line is kind else f"   {line.name}"), *cells)
    return table
