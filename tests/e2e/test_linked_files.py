"""What is asked about a licence that exists, files that depend on each other, and requests taken back: over the bus."""

import pytest

from contracts import intake, issuance, notification
from contracts.intake import APPLICANT_EXAMPLE
from tests.people import People, eventually
from tests.turns import SECONDS, Turn, on
from values.refusal import Refusal

pytestmark = pytest.mark.usefixtures("nothing_is_parked")
HEAD = "jasa-usaha-head"


def find(people: People, number: str) -> dict:
    return people.ask("head-2014", issuance.FindLicence(number=number))


def letters(people: People, turn: Turn) -> list[str]:
    return [letter["turn"] for letter in people.ask("operator-1", notification.DeliveriesOf(application_id=turn.id))]


def about(people: People, number: str, transaction: str, **more) -> Turn:
    """Something asked about a licence, as soon as the counter's room knows it."""
    return Turn(people, "siup", "kecil", transaction=transaction, licence_number=number, **more)


def known(people: People, number: str, applicant: dict) -> None:
    """The news of a licence reaches the counter's room after the licence itself is there to be found."""

    def refused_elsewhere() -> bool:
        with pytest.raises(Refusal) as no:
            about(people, number, "copy", applicant=applicant | {"nik": "3275010101809999"})
        return no.value.code == "other_holder"

    eventually(refused_elsewhere, SECONDS, "the licence in the register of intake")


def test_a_licence_is_copied_renewed_and_revoked_and_anyone_can_see_what_it_is_worth(people: People):
    holder = APPLICANT_EXAMPLE | {"nik": "3275010101801111"}
    first = Turn(people, "siup", "kecil", applicant=holder).registered()
    first.issued(9)
    number = people.ask("head-2014", issuance.FindLicence(application_id=first.id))["number"]
    known(people, number, holder)

    copy = about(people, number, "copy", applicant=holder).registered()
    copy.issued(11)
    copied = people.ask("head-2014", issuance.FindLicence(application_id=copy.id))
    assert (copied["number"], copied["valid"]) == (f"{number} (Salinan ke-1)", True)
    assert find(people, number)["valid"]

    renewal = about(people, number, "renewal", applicant=holder).registered()
    with pytest.raises(Refusal) as no:
        about(people, number, "change", applicant=holder)
    assert no.value.code == "already_in_work"
    renewal.issued(14)
    renewed = people.ask("head-2014", issuance.FindLicence(application_id=renewal.id))["number"]
    assert (find(people, number)["state"], find(people, number)["ended_by"]) == ("replaced", renewed)
    known(people, renewed, holder)

    revocation = about(people, renewed, "revocation", applicant=holder).registered()
    end = revocation.issued(16)
    assert find(people, renewed)["state"] == "revoked"
    assert [d["kind"] for d in end["documents"] if d["kind"] != "attachment"] == ["resi", "surat_pencabutan"]
    assert "pencabutan_terbit" in letters(people, revocation)


def test_a_child_waits_stands_and_goes_on_with_its_parent_and_so_does_its_licence(people: People):
    holder = APPLICANT_EXAMPLE | {"nik": "3275010101802222"}
    parent = Turn(people, "siup", "kecil", applicant=holder)
    child = Turn(people, "siup", "kecil", applicant=holder, parent=parent.id).registered()
    eventually(lambda: standing(people, child)["hold"], SECONDS, "the child waiting")
    assert standing(people, child)["hold"]["what"] == "waits_for_parent"

    parent.do(HEAD, intake.SuspendApplication, on(1, 12), reason="Tanah masih dalam sengketa")
    assert standing(people, child)["hold"]["what"] == "suspended_with_parent"
    with pytest.raises(Refusal) as no:
        parent.registered()
    assert no.value.code == "suspended"
    parent.do(HEAD, intake.ReviveApplication, on(2, 12), reason="Putusan sudah tetap")
    assert standing(people, child)["hold"]["what"] == "waits_for_parent"
    told = ("ditangguhkan", "dilanjutkan")
    eventually(lambda: set(told) <= set(letters(people, child)), SECONDS, "the letters")


def standing(people: People, turn: Turn) -> dict:
    return people.where(turn.id)["standing"]


def test_a_licence_is_suspended_with_its_parent_and_valid_again_with_it(people: People):
    holder = APPLICANT_EXAMPLE | {"nik": "3275010101803333"}
    parent = Turn(people, "siup", "kecil", applicant=holder)
    child = Turn(people, "siup", "kecil", applicant=holder, parent=parent.id).registered()
    parent.registered().issued(9)
    child.issued(11)
    mine, theirs = (
        people.ask("head-2014", issuance.FindLicence(application_id=turn.id))["number"] for turn in (parent, child)
    )
    people.do(HEAD, issuance.SuspendLicence, number=mine, reason="Kegiatan tidak sesuai izin")
    assert find(people, theirs)["state"] == "suspended" and mine in find(people, theirs)["reason"]
    people.do(HEAD, issuance.ReinstateLicence, number=mine, reason="Pelanggaran sudah diperbaiki")
    assert find(people, theirs)["valid"]
    told = ("dibekukan", "berlaku_kembali")
    eventually(lambda: set(told) <= set(letters(people, child)), SECONDS, "the letters")


def test_a_request_is_taken_back_and_the_file_goes_on(people: People):
    turn = Turn(people, "siup", "kecil", leave_out=("akta",))
    people.tick(turn.id, "siup", "kecil", acted_at=on(2), akta="missing")
    assert standing(people, turn)["status"] == "waiting_for_applicant"
    taken = people.do(
        "counter-1",
        intake.WithdrawRequest,
        application_id=turn.id,
        requirement="akta",
        reason="Akta ternyata sudah ada di berkas",
    )
    assert taken == {"still_open": []}
    here = people.where(turn.id)
    assert here["standing"]["step"] == "completeness"
    [request] = next(item["requests"] for item in here["items"] if item["requirement"] == "akta")
    assert request["state"] == "withdrawn"
    eventually(lambda: "permintaan_ditarik" in letters(people, turn), SECONDS, "the letter")
