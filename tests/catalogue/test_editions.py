"""Editions of the catalogue: one begins on its day, files keep theirs, and the difference is told in words."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import difference as differences
from catalogue.difference import Change, changes, difference
from catalogue.editions import edition, edition_on, editions, load_editions, overlays
from catalogue.licence_type import Line, Requirement
from catalogue.licences import licence_table, licence_type, licence_types, load_licence_table, load_licence_tables
from catalogue.office import organisation
from catalogue.reading import DATA, CatalogueFault
from catalogue.tariff_book import tariff_book
from tests.spoil import change
from values.refusal import Refusal

FIRST, LATER = editions()["2016-11"], editions()["2018-01"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the types and their editions to spoil."""
    for folder in ("licence_types", "editions"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    return tmp_path


def tables(root: Path):
    return load_licence_tables(root, office=organisation(), tariffs=tariff_book())


def told(code: str, **changed) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is said when that type alone is different."""
    before = licence_type(code)
    after = before.model_copy(update=changed)
    return [said for _, said in changes({code: before}, {code: after}, FIRST, LATER)]


def test_an_edition_begins_on_its_day_and_lasts_until_the_next():
    assert edition_on(LATER.published).code == "2018-01"
    assert edition_on(LATER.published - timedelta(days=1)).code == "2016-11"
    assert edition_on(date(2099, 1, 1)) is list(editions().values())[-1]


@given(st.dates(max_value=date(2016, 10, 31)))
def test_before_the_first_edition_the_first_holds(day):
    assert edition_on(day) is FIRST


@given(st.dates(), st.dates())
def test_a_later_day_never_has_an_earlier_edition(one, other):
    early, late = sorted((one, other))
    assert edition_on(early).published <= edition_on(late).published


def test_the_first_edition_is_the_one_without_a_name():
    assert licence_table() is licence_table("2016-11")
    assert licence_table("2018-01") is licence_table("2018-01")
    assert overlays("2016-11") == () and overlays("2018-01") == ("2018-01",)


def test_an_unknown_edition_is_refused():
    for ask in (edition, licence_table, licence_types, lambda code: licence_type("imb", code)):
        with pytest.raises(Refusal) as refused:
            ask("1999-01")
        assert refused.value.code == "unknown_edition" and "2018-01" in refused.value.remedy


def test_burial_costs_nothing_since_2018_and_a_file_of_before_keeps_its_edition():
    before, after = licence_type("iptm"), licence_type("iptm", "2018-01")
    assert before.retribution is not None and before.path.of("payment") is not None
    assert after.retribution is None and after.path.of("retribution") is None and after.path.of("payment") is None
    assert "2018" in after.source_of("retribution")
    assert (before.edition, after.edition) == ("2016-11", "2018-01")


def test_what_an_edition_does_not_change_is_as_before():
    older, newer = licence_types(), licence_types("2018-01")
    assert list(older) == list(newer)
    for code, kind in newer.items():
        assert kind.edition == "2018-01"
        if code != "iptm":
            assert kind.model_copy(update={"edition": "2016-11"}) == older[code]


def test_what_was_counted_is_the_same_in_every_edition():
    for code, kind in licence_types("2018-01").items():
        assert kind.counts == licence_type(code).counts


# --- what changes ----------------------------------------------------------------------------------------------------


def test_the_difference_of_the_two_editions_is_burial_its_cost_and_its_path():
    found = difference("2016-11", "2018-01")
    assert {each.type_code for each in found} == {"iptm"}
    assert {each.about for each in found} == {"cost", "path"}
    cost = next(each.text for each in found if each.about == "cost")
    assert "gratis" in cost and "Rp 100.000" in cost
    steps = " ".join(each.text for each in found if each.about == "path")
    assert "Langkah ditiadakan: Menunggu pembayaran retribusi, oleh Pemohon" in steps
    assert {each.for_whom for each in found} == {
        "pemohon baru sejak 1 Januari 2018; berkas yang terdaftar sebelumnya tetap mengikuti edisi 2016-11"
    }


def test_an_edition_does_not_differ_from_itself():
    assert difference("2018-01", "2018-01") == []


def test_editions_the_wrong_way_round_are_refused_with_the_right_one():
    with pytest.raises(Refusal) as refused:
        difference("2018-01", "2016-11")
    assert refused.value.code == "editions_out_of_order" and "2016-11 2018-01" in refused.value.remedy


def test_no_field_of_a_type_changes_unsaid():
    fields = set(type(licence_type("imb")).model_fields)
    assert fields == differences.SAID | differences.UNSAID
    assert not differences.SAID & differences.UNSAID


@pytest.mark.parametrize(
    ("changed", "about", "words"),
    [
        ({"working_days": 5}, "time", "5 hari kerja (sebelumnya 7 hari kerja)"),
        ({"validity_years": 2}, "validity", "2 tahun (sebelumnya tidak dibatasi)"),
        ({"skpd": ["distako", "disbang", "dishub"]}, "skpd", "turut menangani: Dinas Perhubungan"),
        ({"skpd": ["distako"]}, "skpd", "tidak lagi menangani"),
        ({"initials": ["tata_usaha_head"]}, "initials", "Paraf: Kepala Bagian Tata Usaha (sebelumnya Kepala Bidang →"),
        ({"signed_by": "mayor"}, "signature", "Ditandatangani oleh Wali Kota (sebelumnya Kepala Badan)"),
        ({"ended": date(2021, 8, 1)}, "type", "permohonan terakhir diterima 1 Agustus 2021"),
        ({"effective_from": date(2019, 1, 2)}, "type", "dibuka sejak 2 Januari 2019"),
        ({"name": "Persetujuan Bangunan Gedung"}, "other", "Nama: Persetujuan Bangunan Gedung"),
        ({"product": "Surat PBG"}, "other", "Produk layanan: Surat PBG"),
        ({"verification": "meeting"}, "other", "rapat (sebelumnya kunjungan lapangan)"),
        ({"bidang": "tertentu"}, "other", "Bidang yang menangani: Perizinan Tertentu"),
        ({"legal_basis": ["Undang-Undang Nomor 6 Tahun 2023"]}, "other", "Dasar hukum kini: Undang-Undang Nomor 6"),
        ({"quantities": []}, "cost", "kini tidak ada"),
        ({"retribution": None}, "cost", "gratis"),
    ],
)
def test_each_change_is_said_in_words(changed, about, words):
    ((said, text, _),) = told("imb", **changed)
    assert said == about and words in text


def test_a_requirement_says_for_which_sub_kinds_it_changes():
    imb = licence_type("imb")
    new = Requirement(code="slf", name="Sertifikat laik fungsi", kind="technical", only_for=frozenset({"industri"}))
    assert told("imb", requirements=[*imb.requirements, new]) == [
        ("requirement", "Persyaratan teknis baru: Sertifikat laik fungsi", ("Industri",))
    ]
    without = [each for each in imb.requirements if each.code != "imb_induk"]
    ((_, text, sub_kinds),) = told("imb", requirements=without)
    assert text.startswith("Persyaratan administrasi tidak diminta lagi: ") and sub_kinds == ("Pecahan",)
    wider = [each.model_copy(update={"only_for": frozenset()}) for each in imb.requirements if each.code == "ippl"]
    ((_, text, _),) = told("imb", requirements=[*(e for e in imb.requirements if e.code != "ippl"), *wider])
    assert "kini untuk semua jenis permohonan (sebelumnya Perumahan)" in text


def test_a_sub_kind_that_comes_or_goes_is_said():
    iptm = licence_type("iptm")
    shut = [line.model_copy(update={"offered": False}) if line.code == "baru" else line for line in iptm.lines]
    assert told("iptm", lines=shut) == [("sub_kind", "Jenis permohonan tidak dilayani lagi: Baru", ("Baru",))]
    more = Line(code="angkat_rangka", name="Angkat Rangka", counts=[None] * 6, printed_total=None)
    assert told("iptm", lines=[*iptm.lines, more])[0][1] == "Jenis permohonan baru: Angkat Rangka"


def test_a_step_tells_who_does_it_until_when_and_where_it_leads():
    path = licence_type("imb").path
    steps = {step.code: step for step in path.steps}
    check = steps["completeness"]
    moved = path.model_copy(
        update={"steps": (check.model_copy(update={"actor": "bidang_officer", "limit": None}), *path.steps[1:])}
    )
    texts = [text for _, text, _ in told("imb", path=moved)]
    assert texts == [
        "Langkah “Memeriksa kelengkapan berkas” kini dikerjakan oleh Pelaksana Bidang (sebelumnya Petugas Loket)",
        "Langkah “Memeriksa kelengkapan berkas”: tanpa batas waktu (sebelumnya paling lama 1 hari kerja)",
    ]
    rerouted = check.model_copy(update={"outcomes": {"complete": "assessment", "incomplete": "refused"}})
    texts = [text for _, text, _ in told("imb", path=path.model_copy(update={"steps": (rerouted, *path.steps[1:])}))]
    assert [text.partition(" kini menuju ")[2].partition(" (")[0] for text in texts] == [
        "“Menghitung dan menetapkan retribusi”",
        "ditolak",
    ]


def test_a_type_that_begins_is_said():
    ((_, (about, text, _)),) = changes({}, {"imb": licence_type("imb")}, FIRST, LATER)
    assert about == "type" and text == "Layanan baru, dibuka sejak 1 Januari 2018"


def test_a_change_knows_the_edition_that_brought_it(monkeypatch):
    third = LATER.model_copy(update={"code": "2020-01", "published": date(2020, 1, 1)})
    newest = licence_types("2018-01") | {
        "siup": licence_type("siup", "2018-01").model_copy(update={"validity_years": 1})
    }
    all_of_them = {"2016-11": FIRST, "2018-01": LATER, "2020-01": third}
    monkeypatch.setattr(differences, "editions", lambda: all_of_them)
    monkeypatch.setattr(differences, "edition", all_of_them.__getitem__)
    monkeypatch.setattr(differences, "licence_types", lambda c: newest if c == "2020-01" else licence_types(c))
    since: dict[str, Change] = {each.type_code: each for each in difference("2016-11", "2020-01")}
    assert {code: each.since.year for code, each in since.items()} == {"iptm": 2018, "siup": 2020}
    assert since["iptm"].for_whom.endswith("tetap mengikuti edisi 2016-11")
    assert since["siup"].for_whom.endswith("tetap mengikuti edisi 2018-01")


# --- bad input -------------------------------------------------------------------------------------------------------


def test_the_copy_of_the_editions_is_sound(root):
    assert list(tables(root)) == ["2016-11", "2018-01"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("published: 2018-01-01", "published: 2016-01-01", r"editions\.1\.published"),
        ("published: 2018-01-01", "published: 2016-11-01", r"editions\.1\.published"),
        ("published: 2018-01-01", "published: besok", r"editions\.1\.published"),
        ("code: 2018-01", "code: 2016-11", r"editions\.1\.code: '2016-11' stands twice"),
        ("code: 2018-01", "code: 2018-02", r"editions\.1\.code: 2018-02 changes nothing"),
        ("code: 2018-01", "code: baru", r"editions\.1\.code"),
        ("decree: ~\n", "decree: ~\n    colour: red\n", r"editions\.1\.colour"),
    ],
)
def test_a_wrong_list_of_editions_is_refused_by_file_and_key(root, old, new, key):
    change(root / "editions" / "editions.yaml", old, new)
    with pytest.raises(CatalogueFault, match=rf"editions/editions\.yaml: {key}"):
        load_editions(root)


def test_a_base_that_calls_itself_otherwise_is_refused(root):
    change(root / "licence_types" / "defaults.yaml", "edition: 2016-11", "edition: 2016-12")
    with pytest.raises(CatalogueFault, match=r"defaults\.yaml: edition: '2016-12', but the first edition is 2016-11"):
        load_editions(root)


def test_a_folder_that_is_no_edition_is_refused(root):
    (root / "editions" / "2019-01").mkdir()
    with pytest.raises(CatalogueFault, match=r"the folder 2019-01 is no later edition"):
        load_editions(root)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("iptm.yaml", "never read"), ("18_iptm.yml", "never read"), ("18_makam.yaml", "number 18 is taken by 18_iptm")],
)
def test_a_file_of_an_edition_that_would_mislead_is_refused(root, name, reason):
    folder = root / "editions" / "2018-01" / "licence_types"
    shutil.copy(folder / "18_iptm.yaml", folder / name)
    with pytest.raises(CatalogueFault, match=reason):
        tables(root)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("3920, 7491]\nprinted_total: 27531", "3920, 7492]\nprinted_total: 27532", "counts: differ from the edition"),
        ("1016, 1927], printed_total: 4362", "1016, 1928], printed_total: 4363", r"lines\.baru: differs"),
        ("skpd: [dpppju]", "skpd: [dinas_sihir]", "skpd: unknown"),
        ("number: 18", "edition: 2016-11\nnumber: 18", "edition: is said by the folder"),
        ("validity_years: 3\nsources", "colour: red\nsources", "colour"),
        (
            "validity_years: 3\nsources",
            "effective_from: 2018-01-01\nended: 2017-01-01\nsources",
            "ended: 2017-01-01 is",
        ),
    ],
)
def test_a_wrong_type_of_a_later_edition_is_refused_by_its_own_file(root, old, new, reason):
    file = root / "editions" / "2018-01" / "licence_types" / "18_iptm.yaml"
    change(file, old, new)
    with pytest.raises(CatalogueFault, match=f"18_iptm.yaml: {reason}") as fault:
        tables(root)
    assert fault.value.file == file
    assert load_licence_table(root, office=organisation(), tariffs=tariff_book()).types["iptm"].retribution


def test_a_new_type_begins_with_a_later_edition_and_has_no_history(root):
    text = (DATA / "licence_types" / "63_rekom_andalalin.yaml").read_text()
    its_own = ("counts:", "printed_total:", "number:", "code:", "ended:")
    lines = [line for line in text.splitlines() if not line.startswith(its_own)]
    head = "number: 67\ncode: pbg\ncounts: [~, ~, ~, ~, ~, ~]\nprinted_total: ~\neffective_from: 2018-01-01\n"
    folder = root / "editions" / "2018-01" / "licence_types"
    (folder / "67_pbg.yaml").write_text(head + "\n".join(lines) + "\n")
    found = tables(root)
    assert len(found["2016-11"].types) == 66 and len(found["2018-01"].types) == 67
    kind = found["2018-01"].types["pbg"]
    assert kind.count(2016) is None
    assert not kind.open_on(date(2017, 12, 31)) and kind.open_on(date(2018, 1, 1))
