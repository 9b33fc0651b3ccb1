"""Every licence type: known path, roles, agencies, requirements; what it refuses from an applicant."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from catalogue.licence_type import ASSUMED
from catalogue.licences import licence_type, licence_types
from catalogue.nota_lines import compute, recompute
from catalogue.office import organisation
from catalogue.reading import DATA, read_yaml
from catalogue.transactions import transactions
from values.refusal import Refusal

IN_2016 = date(2016, 11, 1)
REPRESENTATIVE = {
    "imb": "check_completeness technical_verification retribution issuance archive",
    "siup": "check_completeness issuance archive",
    "tdp": "check_completeness issuance archive",
    "ho_situ": "check_completeness technical_verification retribution issuance archive",
    "reklame": "check_completeness technical_verification issuance archive",
    "iptm": "check_completeness retribution issuance archive",
    "trayek": "check_completeness technical_verification retribution issuance archive",
    "iui": "check_completeness technical_verification issuance archive",
    "klinik_mendirikan": "check_completeness technical_verification issuance archive",
    "tdg": "check_completeness technical_verification issuance archive",
    "sipa": "check_completeness technical_verification issuance archive",
}


@pytest.mark.parametrize("code", REPRESENTATIVE)
def test_representative_types_have_their_considered_path(code):
    assert list(licence_type(code).stretches) == REPRESENTATIVE[code].split()


@pytest.mark.parametrize("kind", licence_types().values(), ids=lambda kind: kind.code)
def test_every_type_can_be_walked_by_the_people_there_are(kind):
    office = organisation()
    assert kind.edition == "2016-11"
    assert kind.product
    for role in (*kind.initials, kind.signed_by):
        assert office.officers_with(role, on=IN_2016)
    assert len(office.officers_with("bidang_head", kind.bidang, on=IN_2016)) == 1
    assert office.officers_with("bidang_officer", kind.bidang, on=IN_2016)
    for skpd in kind.skpd:
        assert len(office.officers_with("technical_officer", skpd, on=IN_2016)) >= 2
    assert office.authority_to_sign(kind.code, IN_2016).role == kind.signed_by
    for sub_kind in kind.sub_kinds or (None,):
        assert kind.required("administrative", sub_kind=sub_kind)
        assert kind.required(sub_kind=sub_kind) == [
            *kind.required("administrative", sub_kind=sub_kind),
            *kind.required("technical", sub_kind=sub_kind),
        ]


@pytest.mark.parametrize("kind", [k for k in licence_types().values() if k.retribution], ids=lambda kind: kind.code)
def test_every_retribution_finds_its_tariff_for_any_answer(kind):
    first = {
        quantity.code: next(iter(quantity.choices)) if quantity.kind == "choice" else int(quantity.minimum)
        for quantity in kind.quantities
    }
    for sub_kind in kind.sub_kinds or (None,):
        lines = compute(kind, sub_kind, first, IN_2016)
        assert lines and all(line.amount > 0 and recompute(line) == line.amount for line in lines)


def test_requirements_depend_on_the_sub_kind():
    ho = licence_type("ho_situ")
    new = {requirement.code for requirement in ho.required(sub_kind="baru")}
    again = {requirement.code for requirement in ho.required(sub_kind="daftar_ulang")}
    assert "persetujuan_tetangga" in new - again
    assert "izin_lama" in again - new
    assert {requirement.kind for requirement in ho.required("technical", sub_kind="baru")} == {"technical"}


def test_what_is_assumed_says_so():
    siup = licence_type("siup")
    assert siup.source_of("working_days") == "Kabupaten Kediri 2016"
    assert siup.source_of("validity_years") == ASSUMED
    assert licence_type("apotek").required()[0].source == ASSUMED
    assert licence_type("siup").required()[0].source == "Kabupaten Kediri 2016"


def test_types_end_and_begin_without_losing_their_history():
    mining, clinic = licence_type("galian_c"), licence_type("klinik_operasional")
    assert mining.open_on(date(2014, 12, 31))
    assert not mining.open_on(date(2015, 1, 1))
    assert mining.count(2011) == 16
    assert not clinic.open_on(date(2014, 12, 31))
    assert clinic.open_on(date(2015, 1, 1))
    for kind in licence_types().values():
        assert not (kind.ended and kind.count(2016)), kind.code


def test_an_unknown_type_is_refused():
    for code in ("nope", "", None, ["imb"]):
        with pytest.raises(Refusal) as refused:
            licence_type(code)
        assert refused.value.code == "unknown_licence_type"


def test_a_sub_kind_is_asked_for_exactly_where_there_are_some():
    licence_type("imb").check_sub_kind("rumah_tinggal")
    licence_type("trayek").check_sub_kind(None)
    for code, sub_kind in (("imb", None), ("imb", "istana"), ("trayek", "baru"), ("ippl", "site_plan")):
        with pytest.raises(Refusal) as refused:
            licence_type(code).check_sub_kind(sub_kind)
        assert refused.value.field == "sub_kind"


def test_quantities_are_read_exactly():
    read = licence_type("imb").read_quantities({"luas_m2": "72.25", "waktu": "tetap", "pagar_m": "12.5"})
    assert (read["luas_m2"], read["waktu"], read["pagar_m"]) == (Decimal("72.25"), "tetap", Decimal("12.5"))
    assert (read["ketinggian"], read["ipal_m3"]) == ("rendah", 0), "what nobody said counts as the catalogue says"
    assert licence_type("imb").quantity("waktu").index_of("sementara_pendek") == Decimal("0.40")
    assert licence_type("siup").read_quantities({}) == {}


@pytest.mark.parametrize(
    ("code", "given", "field", "why"),
    [
        ("imb", {"waktu": "tetap"}, "luas_m2", "missing_quantity"),
        ("imb", {"luas_m2": "100", "waktu": "tetap", "lantai": 2}, "lantai", "unknown_quantity"),
        ("imb", {"luas_m2": 72.25, "waktu": "tetap"}, "luas_m2", "invalid_quantity"),
        ("imb", {"luas_m2": "1e9", "waktu": "tetap"}, "luas_m2", "invalid_quantity"),
        ("imb", {"luas_m2": "NaN", "waktu": "tetap"}, "luas_m2", "invalid_quantity"),
        ("imb", {"luas_m2": "72,25", "waktu": "tetap"}, "luas_m2", "invalid_quantity"),
        ("imb", {"luas_m2": "0", "waktu": "tetap"}, "luas_m2", "invalid_quantity"),
        ("imb", {"luas_m2": "500000.01", "waktu": "tetap"}, "luas_m2", "invalid_quantity"),
        ("imb", {"luas_m2": "100", "waktu": "selamanya"}, "waktu", "invalid_quantity"),
        ("imb", {"luas_m2": "100", "waktu": ["tetap"]}, "waktu", "invalid_quantity"),
        ("trayek", {"jumlah_kendaraan": True, "kelas_kendaraan": "sampai_8"}, "jumlah_kendaraan", "invalid_quantity"),
        ("trayek", {"jumlah_kendaraan": "3", "kelas_kendaraan": "sampai_8"}, "jumlah_kendaraan", "invalid_quantity"),
        ("siup", {"luas_m2": "10"}, "luas_m2", "unknown_quantity"),
    ],
)
def test_a_bad_quantity_is_refused_by_name(code, given, field, why):
    with pytest.raises(Refusal) as refused:
        licence_type(code).read_quantities(given)
    assert (refused.value.field, refused.value.code) == (field, why)


def test_every_document_in_the_list_is_asked_for_somewhere():
    listed = set(read_yaml(DATA / "licence_types" / "documents.yaml")["documents"])
    asked = {requirement.code for kind in licence_types().values() for requirement in kind.requirements}
    asked |= {paper for each in transactions().values() for paper in each.asks}
    assert listed == asked


def test_the_catalogue_pulls_in_no_driver():
    drivers = ["pymongo", "kombu", "nameko", "minio", "eventlet"]
    code = f"import sys, catalogue.yearly_table, catalogue.office_calendar; print(set(sys.modules) & set({drivers}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=DATA.parent)
    assert done.stdout.strip() == "set()"
