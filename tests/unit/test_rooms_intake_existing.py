"""What is asked about a licence that exists: held to what the register says of it, linked to the file it came from."""

from datetime import date

import pytest

from catalogue.licences import licence_type
from contracts import intake, issuance
from contracts.documents import example
from services.intake import actions, existing, heard, store
from services.intake.licence import Licence
from tests.builders import Drawers, Papers, fact, on, order, refused, submission

NUMBER = "510/Kep.7-BPPT/III/2016"
NIK = intake.APPLICANT_EXAMPLE["nik"]
SOMEBODY_ELSE = intake.APPLICANT_EXAMPLE | {"name": "Budi Santoso", "nik": "3275010101800002"}


@pytest.fixture
def drawers() -> Drawers:
    """An office in whose register stands a SIUP of our applicant, from a file of March."""
    drawers = Drawers()
    first = submission(Papers(), "siup", "kecil", application_id="file-first")
    drawers.ask(actions.submit, first, "counter-2")
    enter(drawers, "file-first", NUMBER)
    return drawers


def enter(drawers: Drawers, file: str, number: str, valid_until: str | None = None) -> None:
    """The news that the licence of a file was issued."""
    issued = fact(
        issuance.LicenceIssued,
        application_id=file,
        document=example("licence", number),
        valid_until=valid_until,
    )
    drawers.hear(heard.take_licence, issued)


def ask(drawers: Drawers, transaction: str, code: str = "siup", sub_kind: str | None = "kecil", **changes):
    """Something asked about the licence; the file as it was taken in."""
    fields = {"transaction": transaction, "licence_number": NUMBER, "application_id": f"file-{transaction}"} | changes
    asked = submission(Papers(), code, sub_kind, acted_at=on(4, 1), **fields)
    answer = drawers.ask(actions.submit, asked, "counter-2")
    return store.find(drawers, answer["application_id"])


@pytest.mark.parametrize("transaction", ["renewal", "reregistration", "change", "copy", "revocation"])
def test_the_holder_may_ask_and_the_file_is_linked_to_the_earlier_one(drawers, transaction):
    file = ask(drawers, transaction)
    assert (file.transaction, file.licence_number, file.earlier) == (transaction, NUMBER, "file-first")
    assert file.path == licence_type("siup").path_for(transaction)
    assert store.licence(drawers, NUMBER).in_work == file.id


def test_a_transfer_is_asked_for_by_somebody_else_and_keeps_what_the_licence_says(drawers):
    refused("same_holder", lambda: ask(drawers, "transfer"))
    file = ask(drawers, "transfer", applicant=SOMEBODY_ELSE, sub_kind=None)
    assert (file.sub_kind, file.earlier) == ("kecil", "file-first")


@pytest.mark.parametrize("transaction", ["renewal", "change", "copy", "revocation"])
def test_nobody_else_asks_anything_about_a_licence(drawers, transaction):
    refused("other_holder", lambda: ask(drawers, transaction, applicant=SOMEBODY_ELSE))


def test_a_licence_is_of_its_type(drawers):
    refused("other_licence_type", lambda: ask(drawers, "renewal", "tdp", "pt"))


def test_the_number_must_be_said_and_only_where_it_is_meant(drawers):
    assert refused("licence_missing", lambda: ask(drawers, "renewal", licence_number=None)).field == "licence_number"
    refused("no_licence_needed", lambda: ask(drawers, "new"))


def test_one_thing_at_a_time_is_asked_about_a_licence(drawers):
    first = ask(drawers, "change")
    no = refused("already_in_work", lambda: ask(drawers, "renewal"))
    assert first.id[:8] in no.message
    back = order(intake.WithdrawApplication, application_id=first.id, reason="Tidak jadi", acted_at=on(4, 2))
    drawers.ask(actions.withdraw, back, "counter-2")
    assert ask(drawers, "renewal")


@pytest.mark.parametrize(("how", "said"), [("replaced", "diganti"), ("revoked", "dicabut")])
def test_what_was_replaced_or_revoked_is_asked_about_no_more(drawers, how, said):
    by = "510/Kep.9-BPPT/IV/2016"
    drawers.hear(existing.ended, fact(issuance.LicenceEnded, number=NUMBER, how=how, by=by))
    no = refused("licence_ended", lambda: ask(drawers, "renewal"))
    assert said in no.message and by in no.message


@pytest.mark.parametrize(("transaction", "may"), [("renewal", True), ("copy", True), ("change", False)])
def test_what_has_run_out_may_be_renewed_but_not_changed(drawers, transaction, may):
    enter(drawers, "file-first", NUMBER, valid_until="2016-03-31")
    if may:
        assert ask(drawers, transaction).earlier == "file-first"
    else:
        assert "31-03-2016" in refused("licence_run_out", lambda: ask(drawers, transaction)).message


def test_what_is_only_on_paper_is_taken_in_for_the_counter_to_see_but_not_copied(drawers):
    paper = "510/Kep.88-BPPT/V/2009"
    file = ask(drawers, "renewal", licence_number=paper)
    assert (file.licence_number, file.earlier) == (paper, None)
    refused("unknown_licence", lambda: ask(drawers, "copy", licence_number=paper))


def test_the_particulars_of_an_imb_are_kept_for_a_copy_and_not_needed_for_a_revocation():
    drawers, stated = Drawers(), {"luas_m2": "100.00", "waktu": "tetap"}
    first = submission(Papers(), "imb", "rumah_tinggal", application_id="file-first", quantities=stated)
    drawers.ask(actions.submit, first, "counter-2")
    enter(drawers, "file-first", NUMBER)
    copy = ask(drawers, "copy", "imb", None)
    assert (copy.quantities, copy.sub_kind) == (stated, "rumah_tinggal")
    revoked = {
        "code": "imb",
        "sub_kind": None,
        "application_id": "file-revoked",
        "licence_number": "640/Kep.1-BPPT/I/2010",
    }
    assert ask(drawers, "revocation", **revoked).quantities == {}
    no = refused("unknown_quantity", lambda: ask(drawers, "revocation", **revoked | {"quantities": stated, "application_id": "file-more"}))
    assert no.field == "luas_m2"


def test_a_row_of_the_table_revokes_licences_of_another_type(drawers):
    file = ask(drawers, None, "pencabutan_siup", None, application_id="file-revoke")
    assert (file.transaction, file.earlier) == ("revocation", "file-first")


def test_a_renewed_licence_takes_its_place_in_the_register_and_a_copy_does_not(drawers):
    file = ask(drawers, "renewal")
    enter(drawers, file.id, "510/Kep.9-BPPT/IV/2016")
    assert store.licence(drawers, "510/Kep.9-BPPT/IV/2016").application_id == file.id
    drawers.hear(existing.ended, fact(issuance.LicenceEnded, number=NUMBER, how="replaced", by=file.id))
    assert store.licence(drawers, NUMBER).state == "replaced"
    copy = ask(drawers, "copy", licence_number="510/Kep.9-BPPT/IV/2016")
    enter(drawers, copy.id, "510/Kep.9-BPPT/IV/2016 (Salinan ke-1)")
    assert store.licence(drawers, "510/Kep.9-BPPT/IV/2016 (Salinan ke-1)") is None
    assert copy.item("keterangan_kehilangan") and not copy.path.of("technical_verification")


def test_a_licence_says_why_it_cannot_be_asked_about():
    licence = Licence(
        number=NUMBER, application_id="x", licence_type="siup", holder_nik=NIK, valid_until=date(2016, 3, 31)
    )
    change = licence_type("siup").transaction("change", "kecil")
    licence.require(change, "siup", NIK, date(2016, 3, 31))
    assert refused("licence_run_out", lambda: licence.require(change, "siup", NIK, date(2016, 4, 1))).remedy
