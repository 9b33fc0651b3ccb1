"""`ptsp catalogue`: what it prints for people and for programs, and what it says when something is wrong."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from catalogue.cost import cost_words
from catalogue.licence_path import load_stretches
from catalogue.licence_type import YEARS
from catalogue.licences import licence_types
from catalogue.office import organisation
from catalogue.path import ENDS
from catalogue.reading import DATA
from catalogue.standard import CODES, COMPONENTS
from catalogue.standards_book import service_standards
from catalogue.wording import OUTCOMES, outcome_words
from ptsp.catalogue import screens, sheet
from ptsp.catalogue.arrows import arrows
from ptsp.catalogue.checking import line_of
from ptsp.catalogue.command import app
from ptsp.catalogue.layout import BOX, GAP, LABEL, NAME, SMALL, layout
from ptsp.catalogue.letters import width_of, wrapped
from ptsp.catalogue.mermaid import mermaid
from ptsp.catalogue.svg import svg
from values.refusal import Refusal

SVG = "{http://www.w3.org/2000/svg}"
PATHS = {code: kind.path for code, kind in licence_types().items()}
PATHS |= {code: standard.path for code, standard in service_standards().items()}
ROLES = {role.code: role.name for role in organisation().roles.values()}


def run(*words: str, exit_code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == exit_code, result.output
    return result.output


def read(*words: str):
    return json.loads(run(*words, "--json"))


# --- lists and totals ------------------------------------------------------------------------------------------------


def test_the_list_has_the_66_types_with_their_figures():
    found = read("list")
    assert [kind["number"] for kind in found] == list(range(1, 67))
    imb, sipa = found[0], found[14]
    assert (imb["code"], imb["abbreviation"], imb["counts"]["2016"]) == ("imb", "IMB", 8022)
    assert sipa["counts"] == {"2011": None, "2012": None, "2013": None, "2014": 17499, "2015": 18193, "2016": 15853}
    assert [line["code"] for line in sipa["lines"]] == ["lokal", "barang", "akdp"]
    assert sipa["lines"][1]["counts"]["2016"] == 12758
    assert not sipa["counted"] and sipa["lines"][0]["counted"] and sipa["counted_reason"]
    for line in [*found, *(line for kind in found for line in kind["lines"])]:
        assert list(line["counts"]) == [str(year) for year in YEARS]


def test_a_blank_is_null_and_a_zero_is_zero():
    found = {kind["code"]: kind for kind in read("list")}
    assert found["iutm"]["counts"]["2012"] is None
    assert found["ipr"]["counts"]["2011"] == 0


def test_the_list_of_services_has_the_21():
    assert [each["code"] for each in read("list", "--services")] == list(CODES)


def test_the_totals_say_which_reading_is_the_printed_one():
    found = read("totals")
    assert found["printed"]["counts"]["2016"] == 57_025 and found["printed"]["counts"]["total"] == 301_426
    assert found["used"] == "E" and found["why"]
    assert found["readings"]["E"]["counts"] == found["printed"]["counts"]
    right = {reading: sum(these["equals_printed"].values()) for reading, these in found["readings"].items()}
    assert right == {"A": 2, "B": 3, "C": 5, "D": 5, "E": 7}
    assert found["readings"]["A"]["counts"]["total"] == 250_480


def test_the_reading_that_is_used_is_the_only_one_that_equals_the_printed_row_throughout():
    readings = read("totals")["readings"]
    assert [name for name, these in readings.items() if all(these["equals_printed"].values())] == ["E"]


# --- show ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_every_service_shows_its_fourteen_components_and_its_head(code):
    found = read("show", code)
    assert found["code"] == code
    wanted = {"name", *COMPONENTS, "path", "decree", "vision", "mission", "promise", "maklumat"}
    assert len(COMPONENTS) == 14 and wanted <= found.keys()
    assert all(found[key] for key in wanted - {"fee"})
    standard = service_standards()[code]
    assert found["staff_count"]["number"] == standard.staff_count.number
    assert [step["number"] for step in found["steps"]] == [step.number for step in standard.steps]


def test_a_type_shows_everything_the_office_decided():
    imb = read("show", "IMB")
    assert imb["counts"]["2016"] == 8022 and imb["edition"]
    assert imb["time"] == {"amount": 7, "unit": "working_day", "source": "Kabupaten Kediri 2016"}
    asked = {side: {each["code"]: each for each in items} for side, items in imb["requirements"].items()}
    assert asked["administrative"]["imb_induk"]["only_for"] == ["pecahan"]
    assert asked["technical"]["perhitungan_struktur"]["source"] == "Bekasi area, older list"
    assert [each["code"] for each in imb["skpd"]] == ["distako", "disbang"]
    assert imb["path"][0]["actor_name"] == "Petugas Loket" and imb["signed_by"]["name"] == "Kepala Badan"
    assert not imb["cost"]["free"] and imb["cost"]["placeholder"] and len(imb["cost"]["tariffs"]) == 7
    assert imb["product"] and "years" in imb["validity"] and len(imb["initials"]) == 3


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("siup", "Gratis, tidak dipungut retribusi"),
        ("iptm", "Retribusi tetap: Makam baru Rp 100.000; Daftar ulang makam (3 × Rp 25.000) Rp 75.000; Makam tumpang"),
        (
            "imb",
            "Retribusi: luas bangunan × indeks fungsi, klasifikasi, waktu dan pembangunan × harga satuan",
        ),
        ("rekom_damkar", "Retribusi: Rp 1.500 sampai dengan Rp 15.000 per tabung × jumlah tabung"),
    ],
)
def test_the_cost_is_said_in_words(code, words):
    assert words in cost_words(licence_types()[code], date(2016, 11, 1))


def test_a_day_without_a_tariff_names_the_law():
    words = cost_words(licence_types()["iptm"], date(2011, 1, 1))
    assert words == f"Retribusi menurut {licence_types()['iptm'].retribution.legal_basis}"


def test_a_type_is_shown_as_the_edition_asked_for_has_it():
    assert read("show", "iptm", "--edition", "2016-11")["cost"]["free"] is False
    free = read("show", "iptm", "--edition", "2018-01")
    assert free["cost"]["free"] is True and "2018" in free["cost"]["source"]
    assert "payment" not in {step["act"] for step in free["path"]}


@pytest.mark.parametrize("code", ["IMB", "Imb", "s-iv", "S-IV", "ho-situ", " siup "])
def test_the_size_of_letters_does_not_matter(code):
    assert read("show", code)["code"] in ("imb", "S-IV", "ho_situ", "siup")


@pytest.mark.parametrize(
    ("code", "near"), [("immb", "imb"), ("S-XXII", "S-XXI"), ("makam", "iptm"), ("trayeq", "trayek"), ("zzz", "list")]
)
def test_an_unknown_code_is_refused_with_what_comes_near(code, near):
    result = CliRunner().invoke(app, ["show", code])
    assert isinstance(result.exception, Refusal) and result.exception.code == "unknown_code"
    assert near in result.exception.remedy


@pytest.mark.parametrize("words", [["list"], ["list", "--services"], ["totals"], ["show", "imb"], ["show", "S-XIX"]])
def test_a_screen_is_readable_at_a_hundred_columns(words):
    lines = run(*words).splitlines()
    assert len(lines) > 8
    assert max(len(line) for line in lines) <= 100
    assert not any("…" in line for line in lines)


@pytest.mark.parametrize("code", PATHS)
def test_everything_can_be_shown(code):
    assert len(run("show", code).splitlines()) > 20


def test_the_screens_name_all_they_can_meet():
    assert set(screens.READINGS) == set(read("totals")["readings"])
    assert set(screens.PARTS) == set(read("check")["counts"])
    assert set(sheet.HEADINGS) == set(COMPONENTS)
    assert set(screens.ABOUT) == set(screens.Change.model_fields["about"].annotation.__args__)


# --- editions and checks ---------------------------------------------------------------------------------------------


def test_the_difference_names_burial_its_cost_and_its_path():
    found = read("diff", "2016-11", "2018-01")
    assert {(each["type_code"], each["about"]) for each in found} == {("iptm", "cost"), ("iptm", "path")}
    screen = run("diff", "2016-11", "2018-01")
    for words in ("Izin Penggunaan Tempat Makam (iptm)", "gratis", "Langkah ditiadakan", "sejak 1 Januari 2018"):
        assert words in screen
    assert "Tidak ada yang berubah" in run("diff", "2018-01", "2018-01")


def test_the_check_counts_what_there_is():
    counts = read("check")["counts"]
    assert (counts["types"], counts["standards"]) == (66, 21)
    assert counts["editions"] >= 2 and counts["force_majeure"] >= 1 and counts["holidays"] >= 1
    assert "Katalog lengkap dan benar" in run("check")


def test_the_check_stops_at_the_first_fault_with_file_line_key_and_remedy(tmp_path: Path):
    root = tmp_path / "catalogue"
    shutil.copytree(DATA, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    assert json.loads(run("check", "--root", str(root), "--json"))["sound"]
    file = root / "licence_types" / "09_siup.yaml"
    file.write_text(file.read_text().replace("skpd: [disperindagkop]", "skpd: [dinas_sihir]"))
    told = json.loads(run("check", "--root", str(root), "--json", exit_code=1))
    assert told["sound"] is False
    fault = told["fault"]
    assert (fault["file"], fault["key"]) == ("licence_types/09_siup.yaml", "skpd")
    assert file.read_text().splitlines()[fault["line"] - 1].startswith("skpd:")
    assert "dinas_sihir" in fault["reason"] and fault["remedy"]
    assert "09_siup.yaml, baris" in run("check", "--root", str(root), exit_code=1)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path):
    result = CliRunner().invoke(app, ["check", "--root", str(tmp_path / "nowhere")])
    assert isinstance(result.exception, Refusal) and result.exception.code == "no_catalogue"


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("a: 1\nb:\n  - {code: x, c: 2}\n  - code: y\n    c: 3\n", "b.y.c", 5),
        ("a: 1\nb:\n  - {code: x, c: 2}\n", "b.0.c", 3),
        ("a: 1\nb: 2\n", "b.missing", 2),
        ("a: 1\n", "nothing", None),
        ("a: [1\n", "line 2", 2),
    ],
)
def test_the_line_of_a_key_is_found(tmp_path: Path, text, key, line):
    file = tmp_path / "x.yaml"
    file.write_text(text)
    assert line_of(file, key) == line


# --- drawings --------------------------------------------------------------------------------------------------------


def test_every_outcome_has_its_indonesian_word_and_no_word_is_left_over():
    stretches = load_stretches(DATA / "licence_types")
    used = {outcome for path in PATHS.values() for step in path.steps for outcome in step.outcomes}
    used |= {outcome for steps in stretches.values() for step in steps for outcome in step.outcomes}
    assert used == set(OUTCOMES)
    assert outcome_words("sent_on") == "sent on"


@pytest.mark.parametrize("code", PATHS)
def test_a_mermaid_chart_has_every_step_and_every_outcome(code):
    path, chart = PATHS[code], mermaid("Judul", PATHS[code], ROLES)
    assert chart.splitlines()[3] == "flowchart TD"
    nodes = set(re.findall(r'^  (s_\w+)(?:\["|\(\[")', chart, re.M))
    edges = re.findall(r'^  (s_\w+) (-->|-\.->)\|"[^"|]+"\| (s_\w+)$', chart, re.M)
    assert {f"s_{step.code}" for step in path.steps} <= nodes
    assert {name for edge in edges for name in (edge[0], edge[2])} <= nodes
    wanted = {(f"s_{step.code}", f"s_{to}") for step in path.steps for to in step.outcomes.values()}
    assert {(source, target) for source, _, target in edges} == wanted
    back = {(a.source, a.target) for a in arrows(path) if a.way == "back"}
    assert {(source[2:], target[2:]) for source, line, target in edges if line == "-.->"} == back


@pytest.mark.parametrize("code", PATHS)
def test_a_drawing_is_sound_and_its_text_stays_in_its_box(code):
    path = PATHS[code]
    drawing = ElementTree.fromstring(svg(f"{code} <&> {'panjang ' * 20}", path, ROLES))
    plan = layout("Judul", path, ROLES)
    words = [each.text for each in drawing.iter(f"{SVG}text")]
    for box in plan.boxes:
        assert all(line in words for line in [*box.name, *box.below])
        assert " ".join(box.name) == box.step.name
        assert max(width_of(line, NAME, bold=True) for line in box.name) <= BOX - 20
        assert max(width_of(line, SMALL) for line in box.below) <= BOX - 20
        assert box.height >= NAME * len(box.name) + SMALL * len(box.below) + 16
        ports = [box.port(arrow) for arrow in box.left] + [box.end(arrow) for arrow in box.ends]
        assert all(box.y < port < box.y + box.height for port in ports)
    for above, below in zip(plan.boxes, plan.boxes[1:], strict=False):
        assert below.y == above.y + above.height + GAP
    for arrow, lane in plan.lanes.items():
        assert plan.lane_x + width_of(arrow.words, LABEL) <= plan.x
        assert plan.lane_x - 18 * lane > 0
    tips = [each for each in drawing.iter(f"{SVG}path") if each.get("marker-end")]
    assert len([each for each in tips if " h " not in each.get("d")]) == len(arrows(path))
    assert sum(1 for each in words if each in ("Selesai", "Ditolak", "Ditarik kembali")) == sum(
        arrow.target in ENDS for arrow in arrows(path)
    )


@pytest.mark.parametrize("text", ["satu", "kata demi kata yang panjang sekali", "x" * 300, "a b c " * 60, ""])
@pytest.mark.parametrize("room", [60, 328])
def test_text_breaks_into_lines_that_fit_and_loses_nothing(text, room):
    lines = wrapped(text, room, 14, bold=True)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line, 14, bold=True) <= room for line in lines)


def test_draw_writes_a_file_or_speaks_to_the_screen(tmp_path: Path):
    file = tmp_path / "imb.svg"
    assert run("draw", "IMB", "--format", "svg", "--output", str(file)) == ""
    assert ElementTree.parse(file).getroot().tag == f"{SVG}svg"
    assert run("draw", "s-iv").startswith('---\ntitle: "S-IV ')
    result = CliRunner().invoke(app, ["draw", "imb", "--output", str(tmp_path / "no" / "x.svg")])
    assert isinstance(result.exception, Refusal) and result.exception.code == "cannot_write"
