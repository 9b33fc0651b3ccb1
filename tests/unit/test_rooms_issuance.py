"""The licence: initials in order, signed under an authority, numbered without gaps, handed over once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import issuance
from services.issuance import actions, printing, store
from services.issuance.model import valid_until
from services.issuance.register import status
from tests.builders import NOW, Drawers, Papers, officer, on, refused
from tests.desk import INITIALS, Desk


def test_initials_are_put_in_their_order_and_by_the_right_bidang():
    desk = Desk()
    assert "Kepala Bidang" in refused("not_your_turn", lambda: desk.initial("tata-usaha-head")).message
    refused("not_your_turn", lambda: desk.initial("tertentu-head"))
    assert desk.initial("jasa-usaha-head") == {"next": "administration_head"}
    refused("not_your_turn", lambda: desk.initial("jasa-usaha-head"))
    assert desk.initial("administration-head") == {"next": "tata_usaha_head"}
    assert desk.initial("tata-usaha-head") == {"next": None}
    refused("all_initialled", lambda: desk.initial("tata-usaha-head"))
    assert [paraf.officer for paraf in desk.draft.initials] == list(INITIALS)


def test_nobody_signs_what_is_not_initialled_by_all():
    desk = Desk()
    for who in INITIALS:
        refused("not_initialled", desk.sign)
        desk.initial(who)
    assert desk.sign()["number"] == "510/Kep.1-BPPT/III/2016"
    refused("already_signed", lambda: desk.sign(at=on(3, 10)))
    refused("already_signed", lambda: desk.initial("jasa-usaha-head", at=on(3, 10)))


def test_only_the_head_of_that_day_signs():
    desk = Desk().initialled()
    refused("no_authority", lambda: desk.sign("tata-usaha-head"))
    refused("no_authority", lambda: desk.sign("head-2011"))
    assert desk.draft.number is None
    desk.sign("head-2014")
    assert desk.draft.authority == "licence-2015"


@pytest.mark.parametrize(
    ("day", "who", "authority"),
    [
        (date(2012, 5, 4), "head-2011", "licence-2009"),
        (date(2014, 6, 30), "head-2011", "licence-2009"),
        (date(2014, 7, 1), "head-2014", "licence-2009"),
        (date(2015, 4, 27), "head-2014", "licence-2009"),
        (date(2015, 4, 28), "head-2014", "licence-2015"),
    ],
)
def test_a_licence_stands_on_the_decree_in_force_when_it_was_signed(day, who, authority):
    at = on(1, 1).replace(year=day.year, month=day.month, day=day.day)
    desk = Desk(since=at).initialled(at)
    other = "head-2014" if who == "head-2011" else "head-2011"
    refused("no_authority", lambda: desk.sign(other, at))
    desk.sign(who, at)
    assert desk.draft.authority == authority


@pytest.mark.parametrize(("day", "code"), [(date(2009, 2, 9), "no_authority"), (date(2010, 12, 31), "no_signatory")])
def test_before_there_was_a_decree_or_a_head_nobody_initials_or_signs(day, code):
    at = on(1, 1).replace(year=day.year, month=day.month, day=day.day)
    desk = Desk(since=at)
    refused("not_in_office", lambda: desk.initial("jasa-usaha-head", at))
    desk.drawers.documents["drafts", desk.file]["initials"] = []
    for who in ("head-2011", "head-2014"):
        refused(code, lambda who=who: desk.sign(who, at))


def test_numbers_of_a_year_and_a_classification_run_on_without_gaps():
    drawers, numbers = Drawers(), []
    for n in range(1, 5):
        desk = Desk(f"file-{n:04d}", drawers).initialled()
        refused("in_the_future", lambda desk=desk: desk.sign(at=NOW + timedelta(minutes=5)))
        numbers.append(desk.sign()["number"])
    imb = Desk("file-0005", drawers, licence_type="imb", sub_kind="rumah_tinggal").initialled()
    assert numbers == [f"510/Kep.{n}-BPPT/III/2016" for n in range(1, 5)]
    assert imb.sign()["number"] == "640/Kep.1-BPPT/III/2016"


@pytest.mark.parametrize(
    ("signed", "years", "last"),
    [
        (date(2016, 3, 10), 5, date(2021, 3, 9)),
        (date(2016, 2, 29), 5, date(2021, 2, 28)),
        (date(2016, 2, 29), 4, date(2020, 2, 28)),
        (date(2015, 3, 1), 1, date(2016, 2, 29)),
        (date(2016, 1, 1), 3, date(2018, 12, 31)),
        (date(2016, 3, 10), None, None),
    ],
)
def test_a_licence_is_valid_up_to_the_day_before_the_same_date(signed, years, last):
    assert valid_until(signed, years) == last


@given(st.dates(date(2009, 2, 10), date(2099, 12, 31)), st.integers(1, 30))
def test_a_licence_signed_later_never_ends_earlier_and_none_lasts_longer_than_its_years(signed, years):
    last = valid_until(signed, years)
    assert last.year - signed.year in (years - 1, years)
    assert 365 * years <= (last - signed).days + 1 <= 366 * years
    assert valid_until(signed + timedelta(days=1), years) >= last


def test_the_licence_is_handed_over_once_to_somebody_whose_identity_was_checked():
    desk = Desk()
    refused("not_issued", desk.hand_over)
    desk.issue()
    assert refused("identity_not_checked", lambda: desk.hand_over(identity_checked=False)).field == "identity_checked"
    refused("before_previous_step", lambda: desk.hand_over(at=on(3, 8)))
    assert refused("receiver_unnamed", lambda: desk.hand_over(receiver="proxy")).field == "receiver_name"
    desk.hand_over(receiver="proxy", receiver_name="Budi Santoso")
    assert desk.draft.history[-1].note == "proxy: Budi Santoso"
    refused("already_handed_over", desk.hand_over)
    [said] = desk.drawers.heard(issuance.LicenceHandedOver)
    assert (said.receiver, said.receiver_name, said.handed_over_at) == ("proxy", "Budi Santoso", on(3, 10))


def test_the_paper_names_its_authority_its_initials_and_its_validity():
    papers = Papers()
    desk = Desk(licence_type="tdp", sub_kind="pt").issue(papers)
    made = next(data for data in papers.store.held.values() if b"authority_basis" in data).decode()
    assert "060/Kep.244-Org/IV/2015" in made and "a.n. WALIKOTA BEKASI" in made
    assert "Sampai dengan 8 Maret 2021" in made and '"mark": "PA"' in made
    assert papers.made["signature"]["at"] == NOW, "sealed when it was entered"
    [issued] = desk.drawers.heard(issuance.LicenceIssued)
    assert issued.valid_until == date(2021, 3, 8) and issued.signed_at == on(3, 9)
    assert issued.document.number == desk.draft.number


def test_anyone_checks_a_licence_by_its_code_and_learns_no_name():
    desk = Desk().issue()
    code = desk.draft.verification_code
    found = desk.find(verification_code=f" {code.lower()} ")
    assert (found["number"], found["valid"], found["initials"]) == (desk.draft.number, True, [])
    assert desk.draft.holder.name not in str(found)
    assert len(desk.find(officer("head-2014"), application_id=desk.file)["initials"]) == 3
    assert desk.find(number=f" {desk.draft.number} ") == found
    refused("unknown_code", lambda: desk.find(verification_code="0000-0000-0000"))
    refused("unknown_number", lambda: desk.find(number="503/Kep.99-BPPT/III/2016"))
    refused("unknown_draft", lambda: desk.find(officer("head-2014"), application_id="nothing"))
    refused("wrong_role", lambda: desk.find(application_id=desk.file))
    for key in ({}, {"verification_code": code, "application_id": desk.file}):
        refused("one_key", lambda key=key: desk.find(**key))


def test_a_licence_is_valid_from_its_signature_to_its_last_day():
    desk = Desk(licence_type="tdp", sub_kind="pt").initialled()
    assert status(desk.drawers, desk.draft, date(2016, 3, 9)).state == "not_issued"
    desk.sign()
    assert status(desk.drawers, desk.draft, date(2021, 3, 8)).state == "valid"
    assert status(desk.drawers, desk.draft, date(2021, 3, 9)).state == "run_out"


@pytest.mark.parametrize("why", ["withdrawn", "refused"])
def test_a_draft_whose_file_ended_is_neither_initialled_nor_signed(why):
    desk = Desk().initialled()
    desk.close(why)
    refused("draft_closed", desk.sign)
    refused("draft_closed", lambda: desk.initial("jasa-usaha-head"))


@pytest.mark.parametrize("why", ["withdrawn", "refused"])
def test_the_news_of_the_end_may_overtake_that_of_the_beginning(why):
    drawers = Drawers()
    drawers.let(lambda book: actions.close(book, "file-0001", why))
    desk = Desk(drawers=drawers)
    assert desk.draft is None
    refused("unknown_draft", lambda: desk.initial("jasa-usaha-head"))


def test_what_was_signed_when_the_news_of_the_end_came_is_revoked_and_never_handed_over():
    desk = Desk().initialled()
    desk.sign()
    code, number = desk.draft.verification_code, desk.draft.number
    desk.close()
    signed = desk.drawers.heard(issuance.LicenceSigned)[-1]
    desk.drawers.let(printing.print_licence(Papers(), desk.drawers, signed))
    assert desk.drawers.heard(issuance.LicenceIssued) == []
    found = desk.find(verification_code=code)
    assert (found["valid"], found["number"]) == (False, number)
    refused("draft_closed", desk.hand_over)


def test_what_was_handed_over_when_the_news_of_the_end_came_is_a_licence():
    desk = Desk().issue()
    desk.hand_over()
    desk.close()
    assert desk.draft.closed is None and desk.find(verification_code=desk.draft.verification_code)["valid"]


def test_a_draft_is_drawn_up_once():
    desk = Desk().initialled()
    desk.drawers.hear(actions.open_draft, desk.due, times=2)
    assert desk.draft.next_paraf() is None
    with pytest.raises(store.NotYet):
        printing.print_licence(Papers(), Drawers(), issuance.LicenceSigned.make_example())
