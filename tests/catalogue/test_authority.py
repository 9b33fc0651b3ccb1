"""Who acts in which seat and who may sign what: on every day one person, or a refusal that says why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.authority import Document
from catalogue.licences import licence_types
from catalogue.office import organisation
from catalogue.seats import SINGLE_SEATS
from tests.offices import delegating
from values.refusal import Refusal

DAY = timedelta(days=1)
DAYS = st.dates(date(2011, 1, 1), date(2030, 12, 31))
TYPES = st.sampled_from(sorted(licence_types()))
FIRST, LAST = date(2016, 8, 8), date(2016, 8, 12)
KECAMATAN = [unit.name for unit in organisation().units.values() if unit.kind == "kecamatan"]


def seated(role: str, on: date, unit: str | None = None) -> list[str]:
    return [officer.id for officer in organisation().officers_with(role, unit, on=on)]


def no(act) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


# --- seats -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "who"),
    [(FIRST - DAY, "head-2014"), (FIRST, "tata-usaha-head"), (LAST, "tata-usaha-head"), (LAST + DAY, "head-2014")],
)
def test_while_a_plh_sits_in_a_seat_its_holder_does_not(day, who):
    assert seated("head", day) == [who]
    other = "head-2014" if who == "tata-usaha-head" else "tata-usaha-head"
    assert organisation().holds(who, "head", day) and not organisation().holds(other, "head", day)
    assert organisation().require_seat(who, "head", day).role == "head"
    said = no(lambda: organisation().require_seat(other, "head", day))
    assert said.code == "not_in_office" and "8 Agustus 2016 sampai 12 Agustus 2016" in said.message


def test_who_acts_for_another_keeps_their_own_seat_and_their_own_name():
    plh = organisation().seated("tata-usaha-head", "head", FIRST)
    own = organisation().officers["tata-usaha-head"]
    assert (plh.name, plh.nip, plh.rank) == (own.name, own.nip, own.rank)
    assert organisation().title(plh) == "Plh. Kepala Badan Pelayanan Perizinan Terpadu" and plh.unit == "kepala"
    assert seated("tata_usaha_head", FIRST) == ["tata-usaha-head"]
    assert organisation().holds("non-perizinan-head", "bidang_head", date(2016, 7, 18), "tertentu")
    assert organisation().holds("non-perizinan-head", "bidang_head", date(2016, 7, 18), "non_perizinan")
    assert not organisation().holds("tertentu-head", "bidang_head", date(2016, 7, 18))


def test_a_vacant_seat_has_its_plt_and_no_longer_when_it_is_filled():
    unit = "kecamatan_mustikajaya"
    days = [date(2017, 12, 31), date(2018, 1, 1), date(2018, 2, 28), date(2018, 3, 1)]
    assert [seated("camat", day, unit) for day in days] == [
        ["camat-mustikajaya"],
        ["camat-rawalumbu"],
        ["camat-rawalumbu"],
        ["camat-mustikajaya-2018"],
    ]
    assert organisation().seated("camat-rawalumbu", "camat", days[1], unit).position == "Plt. Camat Mustikajaya"


@pytest.mark.parametrize(
    ("who", "role", "day", "words"),
    [
        ("nobody", "head", FIRST, "Tidak ada pejabat nobody"),
        ("counter-1", "head", FIRST, "tidak pernah"),
        ("head-2011", "head", FIRST, "1 Januari 2011 sampai 30 Juni 2014"),
        ("head-2014", "head", date(2014, 6, 30), "sejak 1 Juli 2014 sampai sekarang"),
        ("tata-usaha-head", "head", date(2013, 8, 17), "12 Agustus 2013 sampai 16 Agustus 2013"),
        ("head-2011", "head", date(2013, 8, 12), "Plh. Candrakirana Embunpagi"),
        ("tertentu-head", "bidang_head", date(2016, 7, 22), "Plh. Vidyasari Rimbaraya"),
    ],
)
def test_who_does_not_act_in_a_role_is_told_why_and_when_somebody_did(who, role, day, words):
    assert words in no(lambda: organisation().require_seat(who, role, day)).message


@given(DAYS)
def test_on_no_day_two_people_act_in_a_seat_of_one(day):
    seats = [(o.role, o.unit) for role in SINGLE_SEATS for o in organisation().officers_with(role, on=day)]
    assert len(seats) == len(set(seats))


@given(DAYS, st.sampled_from(sorted(organisation().officers)), st.sampled_from(sorted(organisation().roles)))
def test_the_lists_of_a_role_and_the_question_about_one_officer_never_disagree(day, who, role):
    listed = who in {officer.id for officer in organisation().officers_with(role, on=day)}
    assert organisation().holds(who, role, day) == listed


# --- signatures ------------------------------------------------------------------------------------------------------


@given(DAYS, TYPES, st.sampled_from(["licence", "skrd", "nota_perhitungan"]), st.sampled_from([*KECAMATAN, "Cibitung"]))
def test_on_any_day_exactly_one_person_may_sign_a_paper(day, code, document: Document, kecamatan):
    office, bidang = organisation(), licence_types()[code].bidang
    signing = office.signing(code, day, document=document, unit=bidang, kecamatan=kecamatan)
    may = []
    for who in office.officers:
        try:
            office.require_signatory(who, signing.authority.role, signing, day)
        except Refusal as refusal:
            assert refusal.code == "no_authority" and refusal.message
        else:
            may.append(who)
    assert may == [signing.signatory.id]
    assert signing.authority.holds_on(day) and signing.authority.decree.date <= day
    assert office.holds(may[0], signing.authority.role, day)


@given(st.dates(date(2009, 1, 1), date(2010, 12, 31)), TYPES)
def test_before_there_were_officers_nobody_signs_and_it_is_said_why(day, code):
    refusal = no(lambda: organisation().signing(code, day))
    assert refusal.code == ("no_authority" if day < date(2009, 2, 10) else "no_signatory")


def test_a_right_person_in_another_of_their_roles_does_not_sign():
    signing = organisation().signing("imb", FIRST)
    assert signing.signatory.id == "tata-usaha-head"
    organisation().require_signatory("tata-usaha-head", "head", signing, FIRST)
    assert no(lambda: organisation().require_signatory("tata-usaha-head", "tata_usaha_head", signing, FIRST))


# --- the Camat -------------------------------------------------------------------------------------------------------


def test_as_long_as_no_source_names_a_type_the_camat_signs_none():
    camat = organisation().authorities["licence-camat-2015"]
    assert camat.placeholder and not any(camat.covers(code) for code in licence_types())
    assert all(organisation().authority_to_sign(code, FIRST).role == "head" for code in licence_types())


@pytest.mark.parametrize("name", KECAMATAN)
def test_what_is_delegated_is_signed_by_the_camat_of_the_place_and_by_no_other(tmp_path, name):
    office, day = delegating(tmp_path, "siup"), date(2015, 4, 28)
    before = office.signing("siup", day - DAY, kecamatan=name)
    assert before.signatory.role == "head", "the day before the decree"
    signing = office.signing("siup", day, kecamatan=name)
    assert (signing.signatory.role, signing.authority.on_behalf_of) == ("camat", "Walikota Bekasi")
    assert office.units[signing.signatory.unit].name == name
    others = [o for o in office.officers_with("camat", on=day) if o.id != signing.signatory.id]
    assert len(others) == 11
    for officer in (*others, office.officers["head-2014"]):
        no(lambda officer=officer: office.require_signatory(officer.id, officer.role, signing, day))
    assert office.signing("imb", day, kecamatan=name).signatory.id == "head-2014", "what is not named stays"


@pytest.mark.parametrize("name", ["Medan Satria", "medansatria", "Kecamatan Medan Satria", " MEDANSATRIA "])
def test_a_kecamatan_is_known_however_its_words_are_joined(name):
    assert organisation().kecamatan(name).code == "kecamatan_medansatria"


@pytest.mark.parametrize("name", ["Cibitung", "", None])
def test_a_place_outside_the_city_has_no_camat_to_sign_and_stays_with_the_head_otherwise(tmp_path, name):
    office = delegating(tmp_path, "siup")
    refusal = no(lambda: office.signing("siup", FIRST, kecamatan=name))
    assert (refusal.code, refusal.field) == ("outside_the_city", "place.kecamatan")
    assert office.signing("imb", FIRST, kecamatan=name).signatory.role == "head"


# --- exceptions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["urgent", "secret"])
def test_an_exception_begins_with_its_decree(kind):
    begins = date(2009, 12, 31)
    exception = organisation().initial_exception(kind, "licence", begins)
    assert exception.skips == {"tata_usaha_head"} and exception.decree.date == begins
    for day, document in ((begins - DAY, "licence"), (begins, "skrd")):
        refusal = no(lambda day=day, document=document: organisation().initial_exception(kind, document, day))
        assert refusal.code == "no_exception"
