"""`ptsp catalogue …`: see, count, check, compare and draw what the office decided. Needs no stack."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from catalogue import plain
from catalogue.difference import difference
from catalogue.editions import edition, edition_on
from catalogue.licence_type import LicenceType
from catalogue.licences import licence_table, licence_types
from catalogue.office import organisation
from catalogue.powers import powers_on
from catalogue.reading import DATA, CatalogueFault
from catalogue.standards_book import service_standards, standards_decree
from catalogue.yearly_table import totals as add_up
from ptsp.catalogue import checking, screens, sheet
from ptsp.catalogue.authorities import screen as screen_of_powers
from ptsp.catalogue.finding import chosen_edition, find
from ptsp.catalogue.mermaid import mermaid
from ptsp.catalogue.printing import leaflet, sop, write
from ptsp.catalogue.svg import svg
from ptsp.here import console
from values.dates import office_date

app = typer.Typer(no_args_is_help=True, help="Katalog layanan: jenis izin, standar, alur, edisi.")
app.command()(leaflet)
app.command()(sop)

Json = Annotated[bool, typer.Option("--json", help="Sebagai JSON, satu-satunya keluaran.")]
InEdition = Annotated[
    str | None, typer.Option("--edition", metavar="EDISI", help="Edisi katalog; tanpa ini yang berlaku hari ini.")
]
Code = Annotated[str, typer.Argument(metavar="KODE", help="Kode jenis izin (imb) atau layanan (S-IV).")]


class Format(StrEnum):
    mermaid = "mermaid"
    svg = "svg"


@app.command("list")
def list_all(
    services: Annotated[bool, typer.Option("--services", help="Ke-21 layanan Sekretariat Daerah.")] = False,
    in_edition: InEdition = None,
    as_json: Json = False,
) -> None:
    """Semua jenis izin bernomor dengan angka 2011 sampai 2016."""
    office, chosen = organisation(), chosen_edition(in_edition)
    if services:
        standards = service_standards().values()
        _show([plain.listed_standard(s, office) for s in standards], screens.services(standards, office), as_json)
    else:
        kinds = licence_types(chosen.code).values()
        _show([plain.listed_type(kind) for kind in kinds], screens.types(kinds, chosen), as_json)


@app.command()
def show(code: Code, in_edition: InEdition = None, as_json: Json = False) -> None:
    """Satu jenis izin atau satu layanan selengkapnya."""
    office, chosen = organisation(), chosen_edition(in_edition)
    found = find(code, chosen.code)
    if isinstance(found, LicenceType):
        _show(plain.whole_type(found, office, chosen), sheet.licence(found, chosen, office), as_json)
    else:
        decree = standards_decree()
        _show(plain.whole_standard(found, decree, office), sheet.service(found, decree, office), as_json)


@app.command()
def totals(as_json: Json = False) -> None:
    """Jumlah per tahun menurut setiap bacaan tabel 3.2.4, dibandingkan dengan baris jumlah tercetak."""
    table = licence_table()
    sums = plain.all_totals(add_up(table), table.types, table.headers)
    _show(sums, screens.totals(sums), as_json)


@app.command()
def check(
    root: Annotated[Path, typer.Option("--root", metavar="FOLDER", help="Katalog lain.")] = DATA, as_json: Json = False
) -> None:
    """Baca dan periksa seluruh katalog. Kode 1: ada yang salah, dengan berkas, bagian dan tindakan."""
    try:
        parts = list(checking.check(root))
    except CatalogueFault as problem:
        fault = checking.told(problem, root)
        _show({"sound": False, "fault": fault.as_dict()}, screens.fault(fault), as_json)
        raise typer.Exit(1) from None
    seconds = round(sum(part.seconds for part in parts), 3)
    counts = {part.part: part.count for part in parts}
    _show({"sound": True, "counts": counts, "seconds": seconds}, screens.check(parts), as_json)


@app.command()
def authorities(
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="TANGGAL", help="Tanpa ini hari ini.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Siapa menandatangani dan memaraf apa pada suatu hari, berdasarkan keputusan mana, mewakili siapa."""
    day = on.date() if on else office_date(datetime.now(UTC))
    found = powers_on(organisation(), licence_types(edition_on(day).code).values(), day)
    _show(found, screen_of_powers(found, day), as_json)


@app.command()
def diff(
    older: Annotated[str, typer.Argument(metavar="EDISI", help="Edisi lama.")],
    newer: Annotated[str, typer.Argument(metavar="EDISI", help="Edisi baru.")],
    as_json: Json = False,
) -> None:
    """Apa yang berubah dari satu edisi ke edisi lain, dan untuk siapa."""
    found = difference(older, newer)
    rows = [change.model_dump(mode="json") for change in found]
    _show(rows, screens.differences(found, edition(older), edition(newer)), as_json)


@app.command()
def draw(
    code: Code,
    form: Annotated[Format, typer.Option("--format", help="mermaid (teks) atau svg (gambar).")] = Format.mermaid,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Ke berkas, bukan layar.")] = None,
    in_edition: InEdition = None,
) -> None:
    """Gambar alur satu jenis izin atau satu layanan."""
    found = find(code, chosen_edition(in_edition).code)
    names = {role.code: role.name for role in organisation().roles.values()}
    if isinstance(found, LicenceType):
        title = f"{found.name} ({found.abbreviation})" if found.abbreviation else found.name
    else:
        title = f"{found.code} {found.title}"
    drawing = (svg if form is Format.svg else mermaid)(title, found.path, names)
    if output is None:
        typer.echo(drawing, nl=False)
        return
    write(output, drawing.encode())


def _show(value: Any, screen: Any, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(value, indent=1, ensure_ascii=False, default=_day))
    else:
        console().print(screen)


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
