"""Licences that stand: suspended and reinstated, replaced, revoked, copied, and valid only while their parent is."""

from datetime import date

import pytest

from contracts import intake, issuance
from services.issuance import printing, register
from tests.builders import Drawers, Papers, fact, on, order, refused
from tests.desk import Desk

HEAD = "jasa-usaha-head"
DAY = date(2016, 4, 1)


def issued(drawers: Drawers, file: str, **changes) -> Desk:
    return Desk(file, drawers, **changes).issue()


def state(desk: Desk, on_day: date = DAY) -> str:
    return register.status(desk.drawers, desk.draft, on_day).state


def suspend(desk: Desk, who=HEAD, number=None, at=None):
    fields = {
        "number": number or desk.draft.number,
        "reason": "Kegiatan tidak sesuai izin",
        "acted_at": at or on(3, 15),
    }
    return desk.drawers.ask(register.suspend, order(issuance.SuspendLicence, **fields), who)


def reinstate(desk: Desk, who=HEAD):
    fields = {"number": desk.draft.number, "reason": "Pelanggaran sudah diperbaiki", "acted_at": on(3, 20)}
    return desk.drawers.ask(register.reinstate, order(issuance.ReinstateLicence, **fields), who)


@pytest.fixture
def drawers() -> Drawers:
    return Drawers()


@pytest.fixture
def first(drawers) -> Desk:
    return issued(drawers, "file-0001")


def about(drawers, first: Desk, transaction: str, file: str = "file-0002") -> Desk:
    return issued(drawers, file, transaction=transaction, licence_number=first.draft.number)


def test_a_suspended_licence_is_not_valid_until_it_is_reinstated(drawers, first):
    suspend(first)
    found = first.find(number=first.draft.number)
    assert (found["valid"], found["state"]) == (False, "suspended") and "tidak sesuai" in found["reason"]
    refused("already_suspended", lambda: suspend(first))
    reinstate(first)
    assert first.find(number=first.draft.number)["valid"]
    refused("not_suspended", lambda: reinstate(first))
    assert [e.number for e in drawers.heard(issuance.LicenceSuspended)] == [first.draft.number]
    assert [e.number for e in drawers.heard(issuance.LicenceReinstated)] == [first.draft.number]


def test_only_the_head_of_its_bidang_suspends_a_licence_that_stands(drawers, first):
    refused("wrong_bidang", lambda: suspend(first, "tertentu-head"))
    refused("unknown_number", lambda: suspend(first, number="510/Kep.99-BPPT/III/2016"))
    about(drawers, first, "renewal")
    refused("licence_ended", lambda: suspend(first))


@pytest.mark.parametrize("transaction", ["renewal", "reregistration", "change", "transfer"])
def test_the_new_licence_takes_the_place_of_the_earlier_one(drawers, first, transaction):
    second = about(drawers, first, transaction)
    assert (state(first), state(second)) == ("replaced", "valid")
    assert first.find(number=first.draft.number)["ended_by"] == second.draft.number
    [said] = drawers.heard(issuance.LicenceEnded)
    assert (said.application_id, said.how, said.by) == ("file-0001", "replaced", second.draft.number)
    made = printing.licence(Papers(), drawers, second.draft)
    assert made["replaces"] == f"Izin nomor {first.draft.number}"


def test_a_copy_says_what_the_original_says_and_takes_no_number(drawers, first):
    copy = about(drawers, first, "copy", "file-0002")
    again = about(drawers, first, "copy", "file-0003")
    assert copy.draft.number == f"{first.draft.number} (Salinan ke-1)"
    assert again.draft.number == f"{first.draft.number} (Salinan ke-2)"
    assert state(first) == "valid" and copy.draft.valid_until == first.draft.valid_until
    made = printing.licence(Papers(), drawers, copy.draft)
    assert made["mark"].startswith("SALINAN") and made["holder"]["name"] == first.draft.holder.name
    third = issued(drawers, "file-0004")
    assert third.draft.number.split("Kep.")[1].startswith("2-"), "copies leave no gap in the series"
    assert drawers.heard(issuance.LicenceEnded) == []


def test_a_revocation_is_a_decision_of_its_own_and_ends_the_licence(drawers, first):
    papers = Papers()
    revoked = Desk("file-0002", drawers, transaction="revocation", licence_number=first.draft.number).issue(papers)
    assert state(first) == "revoked"
    said = drawers.heard(issuance.LicenceIssued)[-1]
    assert (said.document.kind, said.valid_until) == ("surat_pencabutan", None)
    data = printing.revocation(papers, revoked.draft)
    assert data["revoked"]["number"] == first.draft.number
    assert [e.how for e in drawers.heard(issuance.LicenceEnded)] == ["revoked"]


def test_a_licence_only_on_paper_is_renewed_all_the_same(drawers):
    second = issued(drawers, "file-0002", transaction="renewal", licence_number="510/Kep.88-BPPT/V/2009")
    assert state(second) == "valid" and drawers.heard(issuance.LicenceEnded) == []


# --- parents ---------------------------------------------------------------------------------------------------------


def child_of(drawers, parent: Desk, file: str) -> Desk:
    return issued(drawers, file, parent=parent.file)


def test_a_licence_is_suspended_with_its_parent_and_revives_with_it(drawers, first):
    child = child_of(drawers, first, "file-0002")
    grandchild = child_of(drawers, child, "file-0003")
    suspend(first)
    assert [state(desk) for desk in (first, child, grandchild)] == ["suspended"] * 3
    said = [(e.application_id, e.with_number) for e in drawers.heard(issuance.LicenceSuspended)]
    assert said == [
        ("file-0001", None),
        ("file-0002", first.draft.number),
        ("file-0003", child.draft.number),
    ]
    reinstate(first)
    assert [state(desk) for desk in (first, child, grandchild)] == ["valid"] * 3


def test_what_is_suspended_by_itself_does_not_revive_with_its_parent(drawers, first):
    child = child_of(drawers, first, "file-0002")
    suspend(child)
    suspend(first)
    reinstate(first)
    assert (state(first), state(child)) == ("valid", "suspended")
    assert [e.application_id for e in drawers.heard(issuance.LicenceReinstated)] == ["file-0001"]


def test_a_licence_falls_with_its_parents_last_day_and_stands_again_with_its_renewal(drawers):
    parent = issued(drawers, "file-0001", licence_type="tdp", sub_kind="pt")
    child = child_of(drawers, parent, "file-0002")
    after = date(2021, 3, 9)
    assert (state(parent, after), state(child, after)) == ("run_out", "suspended")
    renewed = {"licence_type": "tdp", "sub_kind": "pt", "transaction": "renewal"}
    after_it = issued(drawers, "file-0003", licence_number=parent.draft.number, **renewed)
    assert state(child) == "valid", "it depends on the renewed licence now"
    suspend(after_it)
    assert state(child) == "suspended"
    assert [e.application_id for e in drawers.heard(issuance.LicenceSuspended)] == ["file-0003", "file-0002"]


def test_a_revoked_parent_takes_its_children_with_it(drawers, first):
    child = child_of(drawers, first, "file-0002")
    about(drawers, first, "revocation", "file-0003")
    assert state(child) == "suspended"
    [said] = drawers.heard(issuance.LicenceSuspended)
    assert (said.application_id, said.with_number) == ("file-0002", first.draft.number)


# --- a file that stands ----------------------------------------------------------------------------------------------


def test_a_draft_of_a_suspended_file_is_neither_initialled_nor_signed(drawers):
    desk = Desk("file-0001", drawers).initialled()
    stop = fact(intake.ApplicationSuspended, application_id="file-0001", turn=1)
    go_on = fact(intake.ApplicationRevived, application_id="file-0001", turn=2)
    drawers.let(lambda book: register.halt(book, stop, True))
    assert "sengketa" in refused("suspended", desk.sign).message
    drawers.let(lambda book: register.halt(book, go_on, False))
    drawers.let(lambda book: register.halt(book, stop, True))  # overtaken on the way
    assert desk.sign()["number"]


def test_the_news_that_a_file_stands_may_overtake_its_draft(drawers):
    stop = fact(intake.ApplicationSuspended, application_id="file-0001", turn=1)
    drawers.let(lambda book: register.halt(book, stop, True))
    desk = Desk("file-0001", drawers)
    refused("suspended", lambda: desk.initial(HEAD))
    drawers.let(lambda book: register.halt(book, fact(intake.ApplicationRevived, application_id="file-0001"), False))
    assert desk.initial(HEAD)
