"""Signatures and initials outside an authority's scope or period are refused, paper by paper."""

from datetime import date, datetime

import pytest

from catalogue.office import organisation
from contracts import issuance, technical_team
from contracts.people import Actor
from services.issuance import actions as issuing
from services.issuance import printing as licence_printing
from services.retribution import actions as assessing
from services.retribution import printing as retribution_printing
from services.retribution import store as assessments
from services.technical_team import printing as team_printing
from tests.assessed import Assessed
from tests.builders import Drawers, Papers, on, order, refused
from tests.desk import Desk
from tests.offices import delegating
from tests.team import Team
from values.dates import JAKARTA

PLH = Actor(id="tata-usaha-head", role="head", unit="kepala")
PLH_TERTENTU = Actor(id="non-perizinan-head", role="bidang_head", unit="tertentu")
HEAD = "head-2014"
# The day before, the first, the last and the day after; and who may sign on it.
HEADS = [((8, 7), HEAD, PLH), ((8, 8), PLH, HEAD), ((8, 12), PLH, HEAD), ((8, 13), HEAD, PLH)]


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=JAKARTA)


def delegated(monkeypatch, tmp_path, *codes):
    office = delegating(tmp_path, *codes)
    for module in (issuing, licence_printing, assessing):
        monkeypatch.setattr(module, "organisation", lambda: office)


# --- acting heads ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "may", "may_not"), HEADS)
def test_a_licence_is_signed_by_whoever_sits_in_the_seat_of_the_head_that_day(day, may, may_not):
    desk, moment = Desk(since=on(7, 1)).initialled(on(7, 4)), on(*day)
    said = refused("no_authority", lambda: desk.sign(may_not, moment)).message
    assert "8 Agustus 2016 sampai 12 Agustus 2016" in said
    assert desk.draft.number is None
    desk.sign(may, moment)
    assert desk.draft.signed_by == (may if may == HEAD else may.id)


@pytest.mark.parametrize(("day", "may", "may_not"), HEADS)
def test_an_skrd_is_signed_by_whoever_sits_in_the_seat_of_the_head_that_day(day, may, may_not):
    file = Assessed().prepare().sign_nota().issue()
    moment = on(*day)
    refused("no_authority", lambda: file.sign_skrd(moment, may_not))
    assert file.record.skrd.signed_at is None
    assert file.sign_skrd(moment, may).record.skrd.signed_at == moment


@pytest.mark.parametrize(
    ("day", "may", "may_not"),
    [
        ((7, 17), "tertentu-head", PLH_TERTENTU),
        ((7, 18), PLH_TERTENTU, "tertentu-head"),
        ((7, 22), PLH_TERTENTU, "tertentu-head"),
        ((7, 23), "tertentu-head", PLH_TERTENTU),
    ],
)
def test_a_nota_is_signed_by_whoever_sits_in_the_seat_of_the_bidang_that_day(day, may, may_not):
    file = Assessed("iptm", "baru", {}, bidang="tertentu").prepare(who="tertentu-1")
    moment = on(*day)
    said = refused("no_authority", lambda: file.sign_nota(moment, may_not)).message
    assert "18 Juli 2016 sampai 22 Juli 2016" in said
    file.sign_nota(moment, may)
    printed = retribution_printing.nota_data(Papers(), file.record)["signature"]
    acting = may is PLH_TERTENTU
    assert printed["position"].startswith("Plh. Kepala Bidang") == acting
    assert printed["name"].startswith("Vidyasari" if acting else "Sekarwangi")


def test_a_head_of_another_bidang_signs_no_nota_though_they_act_elsewhere_that_day():
    file = Assessed().prepare()
    refused("wrong_bidang", lambda: file.sign_nota(on(7, 19), PLH_TERTENTU))
    pretended = Actor(id="non-perizinan-head", role="bidang_head", unit="jasa_usaha")
    refused("no_authority", lambda: file.sign_nota(on(7, 19), pretended))


def test_the_paper_names_the_plh_with_their_own_name_nip_and_rank():
    moment = on(8, 9)
    desk = Desk(since=on(8, 1)).initialled(on(8, 8))
    desk.sign(PLH, moment)
    data = desk.paper()
    assert data["signature"] == {
        "place": "Bekasi",
        "date": "9 Agustus 2016",
        "authority": "a.n. WALIKOTA BEKASI",
        "position": "Plh. Kepala Badan Pelayanan Perizinan Terpadu",
        "name": "Candrakirana Embunpagi, S.Sos.",
        "rank": "Pembina Tingkat I (IV/b)",
        "nip": "999900000000000003",
        "signed_at": "9 Agustus 2016 pukul 09.00 WIB",
    }
    skrd = Assessed().prepare().sign_nota().issue().sign_skrd(moment, PLH)
    printed = retribution_printing.skrd_data(Papers(), skrd.record, skrd.record.skrd)["signature"]
    assert (printed["position"][:4], printed["nip"]) == ("Plh.", "999900000000000003")


@pytest.mark.parametrize(
    ("day", "may", "may_not"),
    [((7, 17), "tertentu-head", PLH_TERTENTU), ((7, 18), PLH_TERTENTU, "tertentu-head")],
)
def test_an_initial_is_put_by_whoever_sits_in_the_seat_that_day(day, may, may_not):
    desk = Desk(licence_type="iptm", sub_kind="baru", since=on(7, 1))
    said = refused("not_in_office", lambda: desk.initial(may_not, on(*day))).message
    assert "Juli 2016" in said
    assert desk.initial(may, on(*day)) == {"next": "administration_head"}
    for who in ("administration-head", "tata-usaha-head"):
        desk.initial(who, on(8, 1))
    desk.sign(at=on(8, 2))
    position = desk.paper()["initials"][0]["position"]
    assert position == ("Plh. Kepala Bidang" if may is PLH_TERTENTU else "Kepala Bidang")


@pytest.mark.parametrize(
    ("day", "may", "may_not"),
    [((7, 17), "tertentu-head", PLH_TERTENTU), ((7, 18), PLH_TERTENTU, "tertentu-head")],
)
def test_a_berita_acara_is_verified_by_whoever_sits_in_the_seat_of_the_bidang_that_day(day, may, may_not):
    team, papers = Team(bidang="tertentu").accept(), Papers()
    team.book(who="tertentu-1")
    team.find().sign()
    refused("not_in_office", lambda: team.verify(on(*day), may_not))
    team.verify(on(*day), may)
    event = team.drawers.heard(technical_team.BeritaAcaraVerified)[-1]
    team.drawers.let(team_printing.print_berita_acara(papers, team.drawers, event))
    position = papers.made["berita_acara"]["signature"]["position"]
    assert position.startswith("Plh. Kepala Bidang" if may is PLH_TERTENTU else "Kepala Bidang")


# --- periods of authorities ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2009, 12, 30), "no_authority"), (date(2009, 12, 31), "no_signatory"), (date(2010, 12, 31), "no_signatory")],
)
@pytest.mark.parametrize("document", ["skrd", "nota"])
def test_before_the_authority_or_the_officer_nothing_of_retribution_is_signed(document, day, code):
    file = Assessed(drawers=Drawers())
    file.prepare()
    if document == "skrd":
        file.sign_nota().issue()
    backdated(file)
    sign = file.sign_skrd if document == "skrd" else file.sign_nota
    refused(code, lambda: sign(at(day)))
    sign(at(date(2011, 1, 1)), "head-2011" if document == "skrd" else "jasa-usaha-head")


def backdated(file: Assessed) -> None:
    """As if everything before had happened in 2009."""

    def date_back(book):
        record = assessments.find(book, file.file)
        record.history = [h.model_copy(update={"at": on(1, 5).replace(year=2009)}) for h in record.history]
        assessments.save(book, record)

    file.drawers.let(date_back)


# --- the Camat -------------------------------------------------------------------------------------------------------


CAMAT = Actor(id="camat-bekasi-timur", role="camat", unit="kecamatan_bekasi_timur")
ELSEWHERE = Actor(id="camat-jatiasih", role="camat", unit="kecamatan_jatiasih")


@pytest.mark.parametrize(
    ("day", "may", "may_not"), [(date(2015, 4, 27), HEAD, CAMAT), (date(2015, 4, 28), CAMAT, HEAD)]
)
def test_a_delegated_licence_is_signed_by_the_camat_of_its_place_from_the_day_of_the_decree(
    monkeypatch, tmp_path, day, may, may_not
):
    delegated(monkeypatch, tmp_path, "siup")
    desk = Desk(since=at(date(2015, 4, 1))).initialled(at(date(2015, 4, 2)))
    for who in (may_not, ELSEWHERE):
        refused("no_authority", lambda who=who: desk.sign(who, at(day)))
    desk.sign(may, at(day))
    if may is CAMAT:
        signature = desk.paper()["signature"]
        assert (signature["authority"], signature["position"]) == ("a.n. WALIKOTA BEKASI", "Camat Bekasi Timur")


def test_what_is_not_delegated_no_camat_signs(monkeypatch, tmp_path):
    delegated(monkeypatch, tmp_path, "siup")
    desk = Desk(licence_type="tdp", sub_kind="pt").initialled()
    assert "Kepala Badan" in refused("no_authority", lambda: desk.sign(CAMAT)).message
    desk.sign()


def test_a_delegated_licence_for_a_place_outside_the_city_waits_for_its_place_to_be_mended(monkeypatch, tmp_path):
    delegated(monkeypatch, tmp_path, "siup")
    place = {"name": "Toko", "address": "Jl. Raya 1", "kecamatan": "Cibitung"}
    desk = Desk(place=place).initialled()
    for who in (CAMAT, HEAD):
        assert refused("outside_the_city", lambda who=who: desk.sign(who)).field == "place.kecamatan"
    plain = Desk(licence_type="tdp", sub_kind="pt", place=place).initialled()
    plain.sign()


def test_what_somebody_signed_on_paper_who_has_left_is_entered_by_whoever_sits_there_now():
    """The head of 2012 is named on the paper; the electronic seal is made by the one who entered it."""
    day = on(3, 9).replace(year=2012)
    papers, desk = Papers(), Desk(since=day).initialled(at=day)
    refused("no_authority", lambda: desk.sign("head-2014", at=day))
    undated = order(issuance.SignLicence, application_id=desk.file, on_paper_by="head-2011")
    assert refused("no_day_on_paper", lambda: desk.drawers.ask(issuing.sign, undated, HEAD)).field == "acted_at"
    refused("no_authority", lambda: desk.sign("head-2014", at=day, on_paper_by="tata-usaha-head"))
    desk.sign("head-2014", at=day, on_paper_by="head-2011")
    assert (desk.draft.signed_by, desk.draft.entered_by) == ("head-2011", "head-2014")
    signed = desk.drawers.heard(issuance.LicenceSigned)[-1]
    desk.drawers.let(licence_printing.print_licence(papers, desk.drawers, signed))
    officers = organisation().officers
    assert papers.made["signature"]["name"] == officers["head-2014"].name
    assert "dari kertas" in papers.made["signature"]["reason"]
    assert desk.paper()["signature"]["name"] == officers["head-2011"].name
