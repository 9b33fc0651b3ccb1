"""Who is who in the office on which day, and who may sign."""

from datetime import date, timedelta

import pytest

from catalogue.office import organisation
from values.refusal import Refusal

EVERY_YEAR = [date(year, 6, 1) for year in range(2011, 2027)]


@pytest.mark.parametrize("on", EVERY_YEAR, ids=str)
def test_the_office_is_staffed_on_any_day_since_2011(on):
    office = organisation()
    for role in ("head", "tata_usaha_head", "administration_head", "treasurer", "archivist"):
        assert len(office.officers_with(role, on=on)) == 1
    for bidang in office.bidang - {"administrasi"}:
        assert len(office.officers_with("bidang_head", bidang, on=on)) == 1
    assert len(office.officers_with("counter", on=on)) == 4
    assert all(len(office.officers_with("technical_officer", skpd, on=on)) >= 2 for skpd in office.skpd)


def test_the_seat_of_the_head_passes_on_without_a_gap_or_an_overlap():
    office = organisation()
    last, first = date(2014, 6, 30), date(2014, 7, 1)
    assert [officer.id for officer in office.officers_with("head", on=last)] == ["head-2011"]
    assert [officer.id for officer in office.officers_with("head", on=first)] == ["head-2014"]
    assert office.holds("head-2011", "head", last)
    assert not office.holds("head-2011", "head", first)
    assert not office.holds("head-2014", "counter", first)
    assert not office.holds("nobody", "head", first)


def test_licences_are_signed_under_the_decree_of_their_day():
    office = organisation()
    changed = date(2015, 4, 28)
    before = office.authority_to_sign("imb", changed - timedelta(days=1))
    after = office.authority_to_sign("imb", changed)
    assert before.decree.number == "503/Kep.17-BPPT/II/2009"
    assert after.decree.number == "060/Kep.244-Org/IV/2015"
    assert office.signatory(after, changed).id == "head-2014"


def test_the_nota_is_signed_by_the_head_of_its_own_bidang():
    office = organisation()
    on = date(2016, 1, 4)
    for bidang in ("jasa_usaha", "tertentu", "non_perizinan"):
        authority = office.authority_to_sign("imb", on, document="nota_perhitungan", unit=bidang)
        assert office.signatory(authority, on).unit == bidang
    assert office.authority_to_sign("imb", on, document="skrd").role == "head"


def test_nobody_signs_without_a_decree():
    with pytest.raises(Refusal) as refused:
        organisation().authority_to_sign("imb", date(2008, 1, 1))
    assert refused.value.code == "no_authority"
    with pytest.raises(Refusal):
        organisation().authority_to_sign("imb", date(2016, 1, 1), document="nota_perhitungan")


def test_an_empty_seat_signs_nothing():
    office = organisation()
    authority = office.authority_to_sign("imb", date(2010, 6, 1))
    with pytest.raises(Refusal) as refused:
        office.signatory(authority, date(2010, 6, 1))
    assert refused.value.code == "no_signatory"


def test_asking_for_a_role_that_does_not_exist_is_our_own_fault():
    with pytest.raises(KeyError):
        organisation().officers_with("wizard", on=date(2016, 1, 1))


def test_every_person_is_plainly_invented_and_stands_once():
    officers = organisation().officers.values()
    nips = [officer.nip for officer in officers if officer.nip]
    assert len(set(nips)) == len(nips)
    assert all(nip.startswith("9999") for nip in nips)
    assert len({officer.name for officer in officers}) == len(officers)
