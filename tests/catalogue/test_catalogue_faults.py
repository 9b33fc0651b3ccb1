"""A wrong catalogue stops at the door, naming the file and the key."""

import shutil
from pathlib import Path

import pytest

from catalogue.licences import load_licence_table
from catalogue.office import load_organisation, organisation
from catalogue.office_calendar import load_office_holidays
from catalogue.reading import DATA, CatalogueFault
from catalogue.tariff_book import load_tariff_book, tariff_book
from tests.spoil import change

FOLDERS = ("licence_types", "organisation", "tariffs", "holidays")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the whole catalogue to spoil."""
    for folder in FOLDERS:
        shutil.copytree(DATA / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def first_types(tmp_path: Path) -> Path:
    """A copy of the first 18 licence types to spoil; much faster to read again and again."""
    copy = tmp_path / "licence_types"
    copy.mkdir()
    for file in (DATA / "licence_types").iterdir():
        if not file.name[:2].isdigit() or int(file.name[:2]) <= 18:
            shutil.copy(file, copy)
    return tmp_path


def test_the_copy_is_sound(root):
    assert len(load_licence_table(root).types) == 66


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("09_siup.yaml", "skpd: [disperindagkop]", "skpd: [dinas_sihir]", "skpd"),
        ("09_siup.yaml", "bidang: jasa_usaha", "bidang: sihir", "bidang"),
        ("09_siup.yaml", "group: perizinan", "initials: [wizard]\ngroup: perizinan", "initials"),
        ("09_siup.yaml", "group: perizinan", "signed_by: wizard\ngroup: perizinan", "signed_by"),
        ("09_siup.yaml", "group: perizinan", "colour: red\ngroup: perizinan", "colour"),
        ("09_siup.yaml", "group: perizinan", "group: perizinan\ngroup: perizinan", "line"),
        ("09_siup.yaml", "number: 9", "number: 10", "number"),
        ("09_siup.yaml", "printed_total: 24533", "printed_total: 24534", "24533"),
        ("09_siup.yaml", "printed_total: 8961", "printed_total: 8960", "lines.0"),
        ("09_siup.yaml", "[check_completeness, issuance,", "[issuance,", "stretches"),
        ("09_siup.yaml", "[check_completeness, issuance,", "[check_completeness, prayer, issuance,", "stretches"),
        ("09_siup.yaml", "[check_completeness, issuance,", "[check_completeness, retribution, issuance,", "retrib"),
        ("09_siup.yaml", "[formulir, akta,", "[formulir, surat_cinta,", "requirements.administrative.surat_cinta"),
        ("18_iptm.yaml", "tariff: iptm", "tariff: parkir", "retribution.tariff"),
        ("18_iptm.yaml", "case_from: sub_kind", "case_from: cuaca", "retribution.case_from"),
        ("18_iptm.yaml", "only_for: [tumpang_tindih]", "only_for: [kremasi]", "only_for"),
        ("16_trayek.yaml", "factors: [jumlah_kendaraan]", "factors: [umur]", "retribution.factors"),
        ("01_imb.yaml", "formula: imb_permenpu24", "formula: imb_permenpu42", "retribution.formula"),
        ("01_imb.yaml", "    luas_m2: luas_m2", "    luas_m2: lebar_m2", "retribution.inputs.luas_m2"),
        ("01_imb.yaml", "    waktu: waktu.index", "    waktu: luas_m2.index", "retribution.inputs.waktu"),
        ("01_imb.yaml", "    waktu: waktu.index", "    waktu: =selamanya", "retribution.inputs"),
        ("01_imb.yaml", "    luas_m2: luas_m2\n", "", "retribution.inputs"),
        ("01_imb.yaml", "      industri: usaha\n", "", "retribution.inputs.fungsi"),
        ("01_imb.yaml", "    default: sederhana", "    default: mewah", "quantities"),
        ("06_ho_situ.yaml", "  said: ", "  source_of: ", "retribution"),
        ("16_trayek.yaml", "      sampai_8:", "      sampai_9:", "retribution.tariff"),
        ("01_imb.yaml", "index: '0.70'", "index: 0.70", "quantities.1"),
    ],
)
def test_a_wrong_licence_type_is_refused_by_file_and_key(first_types, file, old, new, key):
    change(first_types / "licence_types" / file, old, new)
    with pytest.raises(CatalogueFault, match=f"licence_types/{file}: ") as fault:
        load_licence_table(first_types, office=organisation(), tariffs=tariff_book())
    assert key in str(fault.value)


def test_rows_that_leave_their_header_are_noticed(root):
    file = root / "licence_types" / "35_apotek.yaml"
    change(file, "139, 126, 81]\nprinted_total: 586", "139, 126, 82]\nprinted_total: 587")
    with pytest.raises(CatalogueFault, match=r"headers\.yaml: pelayanan_kesehatan\.2016: the rows give 286"):
        load_licence_table(root)


def test_a_missing_row_is_noticed(root):
    (root / "licence_types" / "33_dokter_umum.yaml").unlink()
    with pytest.raises(CatalogueFault, match="row 33 of the table is missing"):
        load_licence_table(root)


@pytest.mark.parametrize("text", ["- a list", "a: [1", "", "\x00"])
def test_what_is_no_mapping_is_refused_by_file(first_types, text):
    (first_types / "licence_types" / "09_siup.yaml").write_text(text)
    with pytest.raises(CatalogueFault, match=r"licence_types/09_siup\.yaml"):
        load_licence_table(first_types, office=organisation(), tariffs=tariff_book())


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("authorities.yaml", "role: head", "role: wizard", "authorities.licence-2009.role"),
        ("authorities.yaml", "from: 2009-02-10", "from: kemarin", "authorities.0.from"),
        ("officers_office.yaml", "unit: kepala", "unit: puncak", "officers.head-2011.unit"),
        ("officers_office.yaml", ", until: 2014-06-30", "", "still held by head-2011"),
        ("officers_office.yaml", "id: counter-2", "id: counter-1", "counter-1"),
        ("officers_office.yaml", "nip: '9999", "nip: '99", "officers.0.nip"),
        ("units.yaml", "kind: kepala", "kind: istana", "units.0.kind"),
    ],
)
def test_a_wrong_organisation_is_refused_by_file_and_key(root, file, old, new, key):
    change(root / "organisation" / file, old, new)
    with pytest.raises(CatalogueFault, match="organisation/") as fault:
        load_organisation(root)
    assert key in str(fault.value)


def test_an_authority_over_an_unknown_type_is_refused(root):
    change(root / "organisation" / "authorities.yaml", "role: head", "role: head\n    scope: [imb, sihir]")
    with pytest.raises(CatalogueFault, match=r"licence-2009\.scope: unknown: 'sihir'"):
        load_licence_table(root)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (", effective_until: 2017-12-31", "", "overlaps with iptm-baru-2012"),
        ("amount: 100000", "amount: 100000.5", "amount"),
        ("amount: 100000", "amount: -1", "amount"),
        ("placeholder: false", "placeholder: true", "placeholder"),
        ("id: iptm-daftar-ulang-2012", "id: iptm-baru-2012", "stands twice"),
        ("retribution: iptm", "retribution: makam", "file name"),
        ("effective_until: 2017-12-31", "effective_until: 2011-12-31", "before"),
    ],
)
def test_a_wrong_tariff_is_refused_by_file_and_key(root, old, new, key):
    change(root / "tariffs" / "iptm.yaml", old, new)
    with pytest.raises(CatalogueFault, match=r"tariffs/iptm\.yaml") as fault:
        load_tariff_book(root)
    assert key in str(fault.value)


def test_a_holiday_decree_closes_and_opens_days(root):
    (root / "holidays" / "2016_extra.yaml").write_text(
        "decree: Keputusan contoh\ndecided_on: 2016-09-01\nsource: a test\n"
        "closed: [{date: 2016-09-28, name: Hari tutup}]\nopened: [{date: 2016-12-26, name: Hari kerja pengganti}]\n"
    )
    days = load_office_holidays(root).of(2016)
    assert {str(day) for day in days if day.month in (9, 12)} == {
        "2016-09-12",
        "2016-09-28",
        "2016-12-12",
        "2016-12-25",
    }


def test_a_wrong_holiday_decree_is_refused_by_file(root):
    change(root / "holidays" / "2016_pancasila.yaml", "date: 2016-06-01", "date: satu Juni")
    with pytest.raises(CatalogueFault, match=r"holidays/2016_pancasila\.yaml: opened\.0\.date"):
        load_office_holidays(root)
