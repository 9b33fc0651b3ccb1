"""Leaflets, SOPs and the books of all: typeset by the real typesetter and read back."""

import io
import json
import re
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from catalogue.licences import licence_types
from catalogue.standard import CODES
from catalogue.standards_book import service_standards
from plumbing.documents import DocumentDataWrong, typesetting
from plumbing.documents.data_contract import example_of
from ptsp.catalogue.command import app
from ptsp.catalogue.finding import find
from ptsp.catalogue.printing import chosen_source, leaflet_data, sop_data
from ptsp.catalogue.publications import LEAFLET, SOP
from ptsp.catalogue.sheet import HEADINGS
from tests.printed import Line, letters_of, printed, read, texts_of

MILLIMETRE = 72 / 25.4
FIRST, LATER = "2016-11", "2018-01"
DATA = {LEAFLET: leaflet_data, SOP: sop_data}
each_template = pytest.mark.parametrize("template", DATA, ids=lambda template: template.stem)


@cache
def pdf(template: Path, code: str | None, edition: str = FIRST) -> bytes:
    source = chosen_source(edition)
    return typesetting.render(template, DATA[template](find(code, edition) if code else None, source))


def pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def shows(content: bytes, *wanted: str) -> list[str]:
    """What is wanted and not to be read, whatever the size of its letters."""
    text = printed(content).lower()
    return [each for each in wanted if letters_of(each).lower() not in text]


def outside(lines: list[Line], left: float, right: float) -> list[Line]:
    return [
        line
        for line in lines
        if line.left < left * MILLIMETRE - 0.5
        or line.right > (210 - right) * MILLIMETRE + 1.5
        or line.bottom < 6 * MILLIMETRE
    ]


@each_template
@pytest.mark.parametrize("code", ["imb", "S-IV", None])
def test_a_publication_is_an_archivable_tagged_pdf_in_indonesian(template, code):
    content = pdf(template, code)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.open_metadata().pdfa_status == "2B"
        assert document.Root.MarkInfo.Marked and str(document.Root.Lang).lower().startswith("id")
        fonts = {str(f.BaseFont) for page in document.pages for f in page.Resources.get("/Font", {}).values()}
        assert fonts and all("Kantor" in font for font in fonts)
    assert outside(read(content), *((18, 18) if template == LEAFLET else (22, 18))) == []


@each_template
def test_every_text_of_the_example_is_printed(template):
    """The name of the sheet is in the description of the file, the numbers in the contents."""
    text = printed(typesetting.render(template, example_of(template))).lower()
    skipped = re.compile(r"document_date|title|depth|by_applicant")
    idle = [
        path
        for path, value in texts_of(example_of(template))
        if not skipped.fullmatch(path.rpartition(".")[2]) and letters_of(str(value)).lower() not in text
    ]
    assert idle == []


@each_template
def test_a_text_left_out_is_named(template):
    data = json.loads(json.dumps(example_of(template)))
    del data["parts"][0]["offerings"][0]["unit"]
    with pytest.raises(DocumentDataWrong, match=r"missing key.*'parts\[0\]\.offerings\[0\]\.unit'"):
        typesetting.render(template, data)


def test_the_leaflet_of_a_type_says_what_to_bring_where_it_goes_and_what_it_costs():
    kind = licence_types(FIRST)["imb"]
    wanted = [kind.name, kind.product, *(each.name for each in kind.requirements), *(s.name for s in kind.path.steps)]
    wanted += [
        "7 hari kerja sejak berkas lengkap",
        "Rp 4.500 per m²",
        "Rp 500 per m",
        "Tarif Kota Bekasi belum diketahui",
    ]
    wanted += [
        "Pengaduan Online Terpadu",
        "kembali ke langkah 3",
        "hanya Perumahan",
        "edisi 2016-11",
        *kind.legal_basis,
    ]
    assert shows(pdf(LEAFLET, "imb"), *wanted) == []


def test_the_leaflet_of_a_burial_place_has_tariffs_in_2016_and_is_free_in_2018():
    before, after = pdf(LEAFLET, "iptm", FIRST), pdf(LEAFLET, "iptm", LATER)
    assert shows(before, "Rp 100.000", "Menunggu pembayaran retribusi") == [] and shows(before, "Gratis") == ["Gratis"]
    assert shows(after, "Gratis, tidak dipungut retribusi", "edisi 2018-01") == []
    assert shows(after, "Rp 100.000", "pembayaran") == ["Rp 100.000", "pembayaran"]


def test_what_is_to_be_known_about_a_tariff_stands_under_it():
    wanted = [
        "Tarif golongan luas berlaku untuk seluruh luas.",
        "28 golongan tarif",
        "Rp 325 sampai dengan Rp 700",
        "angka sementara dari Kabupaten Lumajang",
    ]
    assert shows(pdf(LEAFLET, "ho_situ"), *wanted) == [] and shows(pdf(SOP, "ho_situ"), *wanted) == []


def test_a_type_that_has_ended_says_so_on_its_leaflet():
    assert shows(pdf(LEAFLET, "galian_c"), "Layanan ini berakhir pada 31 Desember 2014") == []


def test_no_english_source_reaches_the_public():
    for template in DATA:
        text = printed(pdf(template, None)).lower()
        assert [word for word in ("assumed", "olderlist", "bypress", "listofthe", "placeholder") if word in text] == []


def test_the_sop_of_a_type_has_the_fourteen_components_in_order():
    text = printed(pdf(SOP, "imb")).lower()
    places = [text.find(letters_of(f"{n}. {heading}").lower()) for n, heading in enumerate(HEADINGS.values(), start=1)]
    assert len(places) == 14 and -1 not in places and places == sorted(places)
    wanted = ["lengkap: langkah 3", "belum lengkap: langkah 2", "ditarik kembali", "47 (empat puluh tujuh) orang"]
    assert shows(pdf(SOP, "imb"), *wanted, "Asumsi; ketentuan Kota Bekasi belum diketahui.") == []


def test_a_service_is_printed_as_its_decree_has_it():
    standard = service_standards()["S-IV"]
    wanted = ["Sekretariat Daerah", standard.title, *standard.requirements, *(step.text for step in standard.steps)]
    wanted += [standard.time.printed, standard.fee.printed, standard.staff_count.printed, *standard.facilities]
    wanted += [standard.decree, "berlaku sejak 6 Maret 2020"]
    assert shows(pdf(SOP, "S-IV"), *wanted) == []
    text = printed(pdf(LEAFLET, "S-IV"))
    assert "Asumsi" not in text and letters_of(standard.time.printed) in text


def test_a_step_that_turns_back_on_no_goes_on_otherwise():
    assert shows(pdf(SOP, "S-X"), "tidak: langkah 2", "selain itu: langkah 4") == []
    assert shows(pdf(SOP, "S-XVI"), "selain itu: langkah 5") == ["selain itu: langkah 5"]


@each_template
def test_the_book_has_title_contents_and_everything_once_in_order(template):
    content = pdf(template, None)
    assert shows(content, "Daftar isi", "Katalog edisi 2016-11, berlaku sejak 1 November 2016") == []
    with pikepdf.open(io.BytesIO(content)) as document, document.open_outline() as outline:
        parts = {part.title: [entry.title for entry in part.children] for part in outline.root}
        entries = [entry for part in outline.root for entry in (part, *part.children)]
        stands = {e.title: document.pages.index(pikepdf.Page(e.destination[0])) + 1 for e in entries}
    names = {kind.code: kind.name for kind in licence_types(FIRST).values()}
    assert [title.partition(" (")[0] for title in parts["Jenis izin"]] == [n.partition(" (")[0] for n in names.values()]
    assert parts["Layanan Sekretariat Daerah"] == [service_standards()[code].title for code in CODES]
    contents = letters_of("".join(line.text for line in read(content) if line.page in (1, 2))).replace(".", "")
    assert [
        title for title, page in stands.items() if letters_of(title).replace(".", "") + str(page) not in contents
    ] == []


def test_every_leaflet_is_one_sheet_of_paper_and_that_of_a_type_one_page():
    source = chosen_source(FIRST)
    for code in [*licence_types(FIRST), *CODES]:
        assert pages(typesetting.render(LEAFLET, leaflet_data(find(code, FIRST), source))) == 1, code


def test_the_same_edition_gives_the_same_bytes():
    source = chosen_source(FIRST)
    assert typesetting.render(LEAFLET, leaflet_data(find("siup", FIRST), source)) == pdf(LEAFLET, "siup")


# --- the commands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "kind"), [("leaflet", "Leaflet"), ("sop", "SOP")])
def test_a_command_writes_the_pdf_of_one_and_of_all(tmp_path, command, kind):
    one, book = tmp_path / "one.pdf", tmp_path / "book.pdf"
    for words in (["s-iv", "--output", one], ["--edition", FIRST, "--output", book]):
        result = CliRunner().invoke(app, [command, *map(str, words)])
        assert result.exit_code == 0, result.output
    with pikepdf.open(one) as document:
        assert str(document.docinfo["/Title"]) == f"{kind} Layanan Penyerahan Plakat/Piala"
    assert pages(book.read_bytes()) > 87


@pytest.mark.parametrize("command", ["leaflet", "sop"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["imbb"], "unknown_code"),
        (["imb", "--edition", "1999-01"], "unknown_edition"),
        (["imb", "--all"], "code_and_all"),
        (["imb", "--output", "{tmp}/nowhere/x.pdf"], "cannot_write"),
        (["imb", "--output", "{tmp}"], "cannot_write"),
        (["imb"], "no_output"),
    ],
)
def test_a_wrong_request_is_refused_in_indonesian_and_writes_nothing(tmp_path, command, words, code):
    words = [word.replace("{tmp}", str(tmp_path)) for word in words]
    if "--output" not in words and code != "no_output":
        words += ["--output", str(tmp_path / "x.pdf")]
    result = CliRunner().invoke(app, [command, *words])
    assert result.exit_code != 0 and result.exception.code == code and result.exception.remedy
    assert list(tmp_path.iterdir()) == []
