"""Acting heads, authorities and exceptions that cannot be: refused at start, with the file and the key."""

import pytest

from catalogue.office import load_organisation
from catalogue.reading import CatalogueFault
from tests.offices import CAMAT_SIGNS, copied
from tests.spoil import change

PLH = "    from: 2016-08-08\n    until: 2016-08-12\n"
PLT = "    from: 2018-01-01\n    until: 2018-02-28\n"


def period(since: str, until: str) -> str:
    return f"    from: {since}\n    until: {until}\n"


def faulty(tmp_path, file: str, old: str, new: str) -> str:
    change(copied(tmp_path) / file, old, new)
    with pytest.raises(CatalogueFault, match=rf"organisation/{file}: ") as fault:
        load_organisation(tmp_path)
    return str(fault.value)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (PLH, period("2016-08-12", "2016-08-08"), "acting.1.until: 2016-08-08 is before 2016-08-12"),
        (PLH, "    from: 2016-08-08\n", "acting.1.until: Field required"),
        (PLH, period("2013-08-16", "2013-08-20"), "acting.1: the letter of 2016-08-05"),
        (
            "from: 2013-08-12\n    until: 2013-08-16",
            "from: 2016-08-12\n    until: 2016-08-12",
            "overlaps with plh-head-",
        ),
        (PLH, period("2026-08-08", "2026-08-12"), None),
        ("officer: tata-usaha-head", "officer: nobody", "plh-head-2013-08.officer: unknown: 'nobody'"),
        ("officer: tata-usaha-head", "officer: head-2014", "head-2014 is not in office for the whole period"),
        ("officer: tata-usaha-head", "officer: head-2011", "head-2011 holds that seat"),
        ("role: head\n    unit: kepala", "role: wizard\n    unit: kepala", "no seat of one person: 'wizard'"),
        ("role: head\n    unit: kepala", "role: head\n    unit: damkar", "no seat of one person: 'head' of 'damkar'"),
        ("role: head\n    unit: kepala", "role: counter\n    unit: administrasi", "no seat of one person: 'counter'"),
        ("kind: Plh.", "kind: Plt.", "a Plt. acts for one of pensiun, kosong, not for cuti"),
        ("kind: Plh.", "kind: Pj.", "acting.0.kind"),
        ("reason: cuti", "reason: malas", "acting.0.reason"),
        ("    reason: cuti\n", "", "acting.0.reason: Field required"),
        ("number: 800/ST.41-BPPT/VIII/2013", "number: ''", "acting.0.decree.number"),
        ("    source: fictional", "    source: fictional\n    colour: red", "acting.0.colour"),
        ("id: plh-head-2016-08", "id: plh-head-2013-08", "plh-head-2013-08: stands twice"),
        (PLT, period("2018-01-01", "2018-03-01"), "kind: the seat is not vacant: camat-mustikajaya-2018"),
        ("kind: Plt.", "kind: Plh.", "a Plh. acts for one of cuti, dinas_luar, sakit, not for pensiun"),
        ("officer: non-perizinan-head", "officer: jasa-usaha-head", None),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(tmp_path, old, new, key):
    if key is None:  # the change by itself is sound
        change(copied(tmp_path) / "acting.yaml", old, new)
        assert len(load_organisation(tmp_path).appointments) == 4
    else:
        assert key in faulty(tmp_path, "acting.yaml", old, new)


def test_a_plh_needs_a_holder_who_is_there_to_be_away(tmp_path):
    spoilt = "kind: Plh.\n    officer: camat-rawalumbu"
    folder = copied(tmp_path)
    change(folder / "acting.yaml", "kind: Plt.\n    officer: camat-rawalumbu", spoilt)
    change(folder / "acting.yaml", "reason: pensiun", "reason: cuti")
    with pytest.raises(CatalogueFault, match="nobody holds the seat for the whole period; that is a Plt"):
        load_organisation(tmp_path)


def test_who_is_away_acts_for_nobody(tmp_path):
    folder = copied(tmp_path)
    change(folder / "acting.yaml", "officer: tata-usaha-head", "officer: tertentu-head")
    change(folder / "acting.yaml", "from: 2016-07-18\n    until: 2016-07-22", "from: 2016-08-10\n    until: 2016-08-10")
    change(folder / "acting.yaml", "officer: tata-usaha-head", "officer: tertentu-head")
    with pytest.raises(CatalogueFault, match=r"plh-head-2016-08\.officer: tertentu-head is away then: plh-tertentu"):
        load_organisation(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("until: 2015-04-27", "until: 2015-04-28", "authorities.licence-2015.from: overlaps with licence-2009"),
        ("until: 2015-04-27", "until: 2009-02-09", "authorities.0.until"),
        (CAMAT_SIGNS, "scope: all", "licence-camat-2015.from: overlaps with licence-2015"),
        ("unit_of_place: true", "unit_of_place: false", "licence-camat-2015.unit_of_place"),
        ("role: camat", "role: lurah", "licence-camat-2015.role: unknown: 'lurah'"),
        ("role: bidang_head, unit: tertentu", "role: bidang_head", "tertentu-2009.unit: 3 seats of one person fit"),
        ("role: bidang_head, unit: tertentu", "role: counter, unit: administrasi", "0 seats of one person fit"),
        ("unit: tertentu", "unit: istana", "nota-tertentu-2009.unit: unknown: 'istana'"),
        ("unit: tertentu", "unit: jasa_usaha", "nota-tertentu-2009.from: overlaps with nota-jasa-usaha-2009"),
        ("from: 2009-02-10", "from: 2009-02-09", "authorities.0: begins on 2009-02-09, before its decree"),
        ("unit_of_place: true", "unit_of_place: true\n    unit: kepala", "sits in one unit or in that of the place"),
        ("placeholder: true", "provisional: true", "authorities.2.provisional"),
    ],
)
def test_an_authority_that_cannot_be_is_refused(tmp_path, old, new, key):
    assert key in faulty(tmp_path, "authorities.yaml", old, new)


DECREE = """    decree: &tupoksi
      number: Peraturan Walikota Bekasi Nomor 60 Tahun 2009
      date: 2009-12-31
      issued_by: Walikota Bekasi
      about: Tugas, Fungsi dan Tata Kerja serta Rincian Tugas Jabatan pada Badan Pelayanan Perizinan Terpadu Kota Bekasi
"""


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("skips: [tata_usaha_head]", "skips: [wizard]", "urgent-2009.skips: unknown: 'wizard'"),
        ("skips: [tata_usaha_head]", "skips: []", "exceptions.0.skips"),
        ("invoked_by: [bidang_head, adm", "invoked_by: [wizard, adm", "urgent-2009.invoked_by: unknown: 'wizard'"),
        ("seen_by: [bidang_head", "seen_by: [wizard", "secret-2009.seen_by: unknown: 'wizard'"),
        ("    seen_by: [bidang_head, administration_head, head, operator]\n", "", "exceptions.1: seen_by"),
        ("    reason: Naskah bersifat rahasia\n", "", "exceptions.1.reason: Field required"),
        (DECREE, "", "line"),
        ("    decree: *tupoksi\n", "", "exceptions.1.decree: Field required"),
        ("from: 2009-12-31", "from: 2009-12-30", "before its decree"),
        ("from: 2009-12-31", "from: 2009-12-31\n    until: 2009-12-30", "exceptions.0.until"),
        ("kind: secret", "kind: boring", "exceptions.1.kind"),
        ("id: secret-2009", "id: urgent-2009", "urgent-2009: stands twice"),
        (
            "id: secret-2009\n    kind: secret",
            "id: urgent-2010\n    kind: urgent",
            "exceptions.1: seen_by",
        ),
    ],
)
def test_an_exception_that_cannot_be_is_refused(tmp_path, old, new, key):
    assert key in faulty(tmp_path, "exceptions.yaml", old, new)


def test_two_exceptions_of_a_kind_on_one_day_are_refused(tmp_path):
    file = copied(tmp_path) / "exceptions.yaml"
    change(file, "    seen_by: [bidang_head, administration_head, head, operator]\n", "")
    change(file, "id: secret-2009\n    kind: secret", "id: urgent-2010\n    kind: urgent")
    with pytest.raises(CatalogueFault, match=r"exceptions\.urgent-2010\.from: overlaps with urgent-2009"):
        load_organisation(tmp_path)


def test_a_missing_file_is_named(tmp_path):
    (copied(tmp_path) / "exceptions.yaml").unlink()
    with pytest.raises(CatalogueFault, match=r"exceptions\.yaml: -: the file is missing"):
        load_organisation(tmp_path)


def test_two_kecamatan_of_one_name_are_refused(tmp_path):
    change(copied(tmp_path) / "units_kecamatan.yaml", "name: Kecamatan Bekasi Barat", "name: Kecamatan Bekasitimur")
    with pytest.raises(CatalogueFault, match="bekasitimur: stands twice"):
        load_organisation(tmp_path)
