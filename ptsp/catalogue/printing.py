"""`ptsp catalogue leaflet` and `sop`: printed matter of one offering, or the book of all, as PDF/A. Needs no stack."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from catalogue.licence_type import LicenceType
from catalogue.licences import licence_types
from catalogue.offering import Offering
from catalogue.office import organisation
from catalogue.standards_book import service_standards, standards_decree
from plumbing.documents import Renderer
from ptsp.catalogue.finding import chosen_edition, find
from ptsp.catalogue.publications import LEAFLET, SOP, Source, document
from ptsp.catalogue.publications import leaflet as leaflet_of
from ptsp.catalogue.publications import sop as sop_of
from values.refusal import Refusal

Code = Annotated[
    str | None, typer.Argument(metavar="KODE", help="Kode jenis izin (imb) atau layanan (S-IV); tanpa ini semuanya.")
]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Berkas PDF yang ditulis.")]
All = Annotated[bool, typer.Option("--all", help="Satu buku untuk semuanya.")]
InEdition = Annotated[
    str | None, typer.Option("--edition", metavar="EDISI", help="Edisi katalog; tanpa ini yang berlaku hari ini.")
]
LEAFLETS = ("Buku Leaflet", "Leaflet layanan perizinan dan layanan Sekretariat Daerah")
SOPS = ("Buku SOP", "Standar operasional prosedur perizinan dan layanan Sekretariat Daerah")
ABOUT = (
    "Disusun dari data katalog. Yang berasal dari tempat lain atau masih berupa asumsi ditandai dengan catatan kaki; "
    "angka yang belum diketahui disebut sebagai angka sementara."
)


def leaflet(code: Code = None, output: Output = None, everything: All = False, in_edition: InEdition = None) -> None:
    """Leaflet untuk masyarakat: apa yang dibawa, alur, waktu, biaya, pengaduan. Tanpa KODE: satu buku."""
    source = chosen_source(in_edition)
    _print(LEAFLET, leaflet_data(_chosen(code, everything, source), source), output)


def sop(code: Code = None, output: Output = None, everything: All = False, in_edition: InEdition = None) -> None:
    """SOP: keempat belas komponen standar pelayanan. Tanpa KODE: satu buku."""
    source = chosen_source(in_edition)
    _print(SOP, sop_data(_chosen(code, everything, source), source), output)


def leaflet_data(offered: Offering | None, source: Source) -> dict[str, Any]:
    """The data of the leaflet of one offering, or (None) of the book of all."""
    return _single(offered, source, leaflet_of, "Leaflet") if offered else _book(source, leaflet_of, *LEAFLETS)


def sop_data(offered: Offering | None, source: Source) -> dict[str, Any]:
    """The data of the SOP of one offering, or (None) of the book of all."""
    return _single(offered, source, sop_of, "SOP") if offered else _book(source, sop_of, *SOPS)


def write(output: Path, content: bytes) -> None:
    """Write a file the person named; `Refusal(cannot_write)` when its folder is missing or closed to us."""
    try:
        output.write_bytes(content)
    except OSError as error:
        raise Refusal(
            "cannot_write",
            f"Berkas {output} tidak dapat ditulis.",
            field="output",
            remedy="Sebutkan berkas dalam folder yang ada dan boleh ditulisi.",
        ) from error


def chosen_source(in_edition: str | None) -> Source:
    """What is printed from: the catalogue as that edition has it (None: the one in force today)."""
    return Source(organisation(), chosen_edition(in_edition), standards_decree())


def _chosen(code: str | None, everything: bool, source: Source) -> Offering | None:
    if code and everything:
        raise Refusal(
            "code_and_all", "KODE dan --all tidak dapat dipakai bersama.", remedy="Pilih satu layanan, atau semuanya."
        )
    return find(code, source.edition.code) if code else None


def _single(
    offered: Offering, source: Source, lay_out: Callable[[Offering, Source], dict[str, Any]], kind: str
) -> dict[str, Any]:
    laid_out = lay_out(offered, source)
    foot = source.in_words if isinstance(offered, LicenceType) else source.decree_in_words
    return document(
        f"{kind} {laid_out['name']}", source, foot, [{"title": "", "note": "", "offerings": [laid_out]}], []
    )


def _book(
    source: Source, lay_out: Callable[[Offering, Source], dict[str, Any]], title: str, under: str
) -> dict[str, Any]:
    parts = [
        ("Jenis izin", f"{source.in_words}.", licence_types(source.edition.code).values()),
        ("Layanan Sekretariat Daerah", f"{source.decree_in_words}.", service_standards().values()),
    ]
    cover = {"title": title, "under": under, "edition": source.in_words, "about": ABOUT}
    return document(
        f"{title}, edisi {source.edition.code}",
        source,
        source.in_words,
        [
            {"title": name, "note": note, "offerings": [lay_out(o, source) for o in offers]}
            for name, note, offers in parts
        ],
        [cover],
    )


def _print(template: Path, data: dict[str, Any], output: Path | None) -> None:
    if output is None:
        raise Refusal(
            "no_output", "Berkas tujuan belum disebut.", field="output", remedy="Tambahkan --output FILE.pdf."
        )
    if not output.absolute().parent.is_dir():  # said before the typesetting, not after it
        write(output, b"")
    with closing(Renderer()) as renderer:
        write(output, renderer.render(template, data))
