"""What may be asked for about a licence that exists: from data, checked at the start, with its own papers and way."""

import shutil

import pytest

from catalogue.licences import licence_type, licence_types, load_licence_table
from catalogue.path import FINISHED
from catalogue.plain import asked_about
from catalogue.reading import DATA, CatalogueFault
from catalogue.standards_book import service_standards
from catalogue.transactions import load_transactions, transaction, transactions
from catalogue.ways import way
from tests.spoil import change
from values.refusal import Refusal

SIX = ("renewal", "reregistration", "change", "transfer", "copy", "revocation")


def test_a_new_licence_and_six_things_about_one_that_exists():
    assert tuple(transactions()) == ("new", *SIX)
    assert [each.code for each in transactions().values() if each.about_a_licence] == list(SIX)
    with pytest.raises(Refusal) as no:
        transaction("gift")
    assert no.value.field == "transaction" and "renewal" in no.value.remedy


@pytest.mark.parametrize("code", SIX)
def test_every_type_has_a_way_for_each_and_it_asks_for_papers(code):
    for kind in licence_types().values():
        path = kind.path_for(code)
        assert way(path, path.first.code, FINISHED)
        assert path.of("sign") and path.of("archive")
        assert kind.required(sub_kind=next(iter(kind.sub_kinds), None), transaction=code)


def test_a_copy_needs_neither_the_team_nor_money_and_asks_only_its_own_papers():
    imb = licence_type("imb")
    acts = [step.act for step in imb.path_for("copy").steps]
    assert "technical_verification" not in acts and "retribution" not in acts and "payment" not in acts
    asked = [r.code for r in imb.required(sub_kind="rumah_tinggal", transaction="copy")]
    assert asked == ["surat_permohonan", "ktp", "keterangan_kehilangan"]


def test_a_change_asks_for_the_old_licence_besides_what_the_type_asks():
    siup = licence_type("siup")
    asked = {r.code for r in siup.required(sub_kind="kecil", transaction="change")}
    assert asked == {r.code for r in siup.required(sub_kind="kecil")} | {"izin_lama", "pernyataan_perubahan"}
    assert siup.path_for("change") == siup.path


def test_where_the_table_has_the_sub_kind_its_own_list_says_what_is_asked():
    iptm = licence_type("iptm")
    assert iptm.transaction(None, "daftar_ulang").code == "reregistration"
    asked = [r.code for r in iptm.required(sub_kind="daftar_ulang", transaction="reregistration")]
    assert asked == [r.code for r in iptm.required(sub_kind="daftar_ulang")]
    with pytest.raises(Refusal) as no:
        iptm.transaction("copy", "daftar_ulang")
    assert no.value.code == "other_transaction"


@pytest.mark.parametrize(("code", "ends"), [("pencabutan_siup", "siup"), ("pembubaran_pt_cv", "tdp")])
def test_two_rows_of_the_table_are_revocations_of_another_type(code, ends):
    kind = licence_type(code)
    assert (kind.revokes, kind.transaction(None, None).code) == (ends, "revocation")
    assert kind.path_for("revocation") == kind.path


def test_a_service_is_asked_for_anew_each_time():
    for standard in service_standards().values():
        assert standard.transaction(None, None).code == "new"
        with pytest.raises(Refusal):
            standard.transaction("renewal", None)


def test_a_type_shows_what_may_be_asked_about_its_licences():
    told = {each["code"]: each for each in asked_about(licence_type("imb"))}
    assert tuple(told) == SIX
    assert "verification" not in told["copy"]["steps"] and told["copy"]["licence"] == "kept"
    [revocation] = asked_about(licence_type("pencabutan_siup"))
    assert (revocation["of"], revocation["licence"], revocation["asks"]) == ("siup", "revoked", [])


@pytest.fixture
def root(tmp_path):
    for folder in ("licence_types", "organisation", "tariffs", "editions"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("code: copy", "code: renewal", "stands twice"),
        ("sub_kinds: [daftar_ulang]", "sub_kinds: [perpanjangan]", "perpanjangan stands twice"),
        ("licence: kept", "licence: none", "only that, is about no licence"),
        ("leaves_out: [technical_verification, retribution]", "leaves_out: [archive]", "belongs to every way"),
        ("holder: another", "holder: nobody", "holder"),
        ("only_these: true", "only_those: true", "only_those"),
        ("code: revocation", "code: withdrawal", "is missing"),
    ],
)
def test_a_wrong_transaction_stops_the_room_with_file_and_reason(root, old, new, says):
    file = root / "licence_types" / "transactions.yaml"
    change(file, old, new)
    with pytest.raises(CatalogueFault) as fault:
        load_transactions(root)
    assert "transactions.yaml" in str(fault.value) and says in str(fault.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("transactions.yaml", "asks: [izin_lama]", "asks: [surat_cinta]", "not in documents.yaml"),
        ("50_pencabutan_siup.yaml", "revokes: siup", "revokes: siap", "unknown: 'siap'"),
        ("50_pencabutan_siup.yaml", "revokes: siup", "ways: {}", "put together from transactions.yaml"),
    ],
)
def test_what_a_transaction_refers_to_must_exist(root, name, old, new, says):
    change(root / "licence_types" / name, old, new)
    with pytest.raises(CatalogueFault) as fault:
        load_licence_table(root)
    assert says in str(fault.value)


def test_an_edition_does_not_change_what_may_be_asked_for(root):
    shutil.copy(root / "licence_types" / "transactions.yaml", root / "editions" / "2018-01" / "licence_types")
    with pytest.raises(CatalogueFault) as fault:
        load_licence_table(root, laid_over=["2018-01"])
    assert "the same in every edition" in str(fault.value)
