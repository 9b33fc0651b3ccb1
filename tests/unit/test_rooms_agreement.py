"""Bidang and administration agree on a month's notas and SKRDs: same sheet, both signatures, differences explained."""

import pytest

from contracts import retribution
from contracts.people import Actor
from services.retribution import actions, agreeing, agreement_printing, store
from services.retribution import agreement_store as drawers
from tests.assessed import Assessed
from tests.builders import Drawers, Papers, officer, on, order, refused
from tests.unit.test_rooms_joint_skrd import TWO, demanded

ID = "pencocokan-jasa_usaha-2016-03"
WHY = "SKRD terbit pada bulan berikutnya."
SUMS = ("total", "demanded")
HEAD, ADMINISTRATION = "jasa-usaha-head", "administration-head"


def ask(room: Drawers, who: str = HEAD, bidang: str = "jasa_usaha", **more) -> dict:
    said = retribution.AgreementOf(bidang=bidang, month="2016-03", **more)
    return agreeing.agreement_of(room, said, officer(who))


def agree(room: Drawers, who: str, digest: str | None = None, **more) -> dict:
    fields = {"bidang": "jasa_usaha", "month": "2016-03", "acted_at": on(4, 4), **more}
    said = order(retribution.SignAgreement, digest=digest or ask(room)["digest"], **fields)
    return room.let(agreeing.agree(room, said), officer(who))


def two_files() -> tuple[Assessed, Assessed]:
    first = Assessed().demanded()
    return first, Assessed(file="file-0002", drawers=first.drawers, resi="R-2").demanded()


def test_each_nota_stands_beside_its_skrd_with_the_sums_per_account():
    first, _ = two_files()
    found = ask(first.drawers)
    assert [(row["nota"], row["total"], row["demanded"], row["flags"]) for row in found["rows"]] == [
        ("NP-2016-00001", 140_625, 140_625, ()),
        ("NP-2016-00002", 140_625, 140_625, ()),
    ]
    assert found["sums"][""] == {"notas": 2, "total": 281_250, "letters": 2, "demanded": 281_250, "ended": 0}
    assert found["state"] == "open" and found["differing"] == [] and found["series"] == []
    page = ask(first.drawers, most=1)
    assert page["next"] == "file-0001" and ask(first.drawers, most=1, after="file-0001")["next"] == ""


def test_with_both_signatures_the_record_is_numbered_printed_and_can_be_checked():
    first, _ = two_files()
    room, papers = first.drawers, Papers()
    assert agree(room, HEAD) == {"state": "one_side", "number": None, "lapsed": []}
    assert agree(room, ADMINISTRATION)["number"] == "BAP-2016-00001" and ask(room)["state"] == "agreed"
    [said] = room.heard(retribution.AgreementSigned)
    room.let(agreement_printing.print_agreement(papers, room, said))
    made = papers.made["pencocokan"]
    assert made["totals"]["demanded"] == "Rp 281.250" and made["difference"] == "Rp 0" and made["differing"] == []
    assert made["beside"]["name"] != made["signature"]["name"]
    assert room.heard(retribution.AgreementIssued)[0].document.number == "BAP-2016-00001"
    assert drawers.rounds(room, ID)[0]["document"]["kind"] == "pencocokan"
    refused("already_agreed", lambda: agree(room, HEAD))


def falsify(file: Assessed, change) -> None:
    def act(book):
        record = store.find(book, file.file)
        change(record)
        store.save(book, record)

    file.drawers.let(act)


def amount(record):
    record.skrd.amount -= 1


def account(record):
    record.skrd.account_code = "4.1.2.03.03"


def line(record):
    record.nota.lines[0].amount += 1


@pytest.mark.parametrize(
    ("change", "flags"), [(amount, ("amount", "recompute")), (account, ("account",)), (line, ("recompute",))]
)
def test_what_differs_is_flagged_and_wants_its_explanation(change, flags):
    first, _ = two_files()
    falsify(first, change)
    found = ask(first.drawers)
    assert found["differing"][0]["flags"] == flags and found["differing"][0]["said"]
    refused("not_explained", lambda: agree(first.drawers, HEAD))
    agree(first.drawers, HEAD, explanation=WHY)
    agree(first.drawers, ADMINISTRATION)
    papers = Papers()
    [said] = first.drawers.heard(retribution.AgreementSigned)
    first.drawers.let(agreement_printing.print_agreement(papers, first.drawers, said))
    assert papers.made["pencocokan"]["explanation"] == WHY and len(papers.made["pencocokan"]["differing"]) == 1


def test_a_nota_without_skrd_and_one_whose_skrd_waits_are_flagged_and_an_ended_file_is_said():
    first = Assessed().prepare().sign_nota()
    Assessed(file="file-0002", drawers=first.drawers).prepare().sign_nota().issue()
    Assessed(file="file-0003", drawers=first.drawers).prepare().sign_nota().close()
    found = ask(first.drawers)
    assert [row["flags"] for row in found["rows"]] == [("no_letter",), ("unsigned",), ("ended",)]
    assert len(found["differing"]) == 2, "that a file ended is no difference"


def test_a_number_that_is_missing_or_stands_twice_is_found_and_one_set_aside_is_not():
    first, second = two_files()
    first.propose(on(3, 9), "cancellation", anew=True)
    first.decide(on(3, 9, 10), first.record.changes[0].number)
    first.issue(on(3, 9, 11)).sign_skrd(on(3, 9, 12))
    assert first.record.skrd.serial == 3 and ask(first.drawers)["series"] == []

    def renumber(serial):
        return lambda record: setattr(record.skrd, "serial", serial)

    falsify(second, renumber(1))
    assert ask(first.drawers)["series"] == [
        {"name": "skrd 4.1.2.03.01/2016", "missing": (2,), "twice": (1,)},
    ]


def test_a_number_lost_between_two_months_is_missing_in_the_later_one():
    first, second = two_files()

    def april(record):
        record.skrd.serial, record.skrd.numbered_at = 4, on(4, 5)
        record.nota.signed_at = on(4, 4)

    falsify(second, april)
    said = retribution.AgreementOf(bidang="jasa_usaha", month="2016-04")
    found = agreeing.agreement_of(first.drawers, said, officer(HEAD))
    assert found["series"] == [{"name": "skrd 4.1.2.03.01/2016", "missing": (2, 3), "twice": ()}]
    assert ask(first.drawers)["series"] == []


def test_the_second_signature_wants_the_sheet_the_first_one_saw():
    first, second = two_files()
    seen = ask(first.drawers)["digest"]
    agree(first.drawers, HEAD)
    second.close()
    refused("changed", lambda: agree(first.drawers, ADMINISTRATION, digest=seen))
    assert agree(first.drawers, ADMINISTRATION) == {"state": "one_side", "number": None, "lapsed": ["bidang"]}
    assert agree(first.drawers, HEAD)["number"] == "BAP-2016-00001"


def test_what_changes_after_it_was_agreed_is_shown_and_another_record_names_the_first():
    first, _ = two_files()
    agree(first.drawers, HEAD)
    agree(first.drawers, ADMINISTRATION)
    first.correct({"luas_m2": "200.00", "waktu": "tetap"}, on(3, 21))
    first.sign_nota(on(3, 21, 12)).issue(on(3, 21, 13)).sign_skrd(on(3, 21, 14))
    found, kb = ask(first.drawers), first.record.supplements[0].number
    assert found["state"] == "changed"
    row = {"nota": "NP-2016-00001", "total": 140_625, "letters": [first.record.skrd.number], "demanded": 140_625}
    was = row | {"resi": first.record.resi, "flags": []}
    assert found["changed"] == [
        {
            "application_id": "file-0001",
            "resi": first.record.resi,
            "was": was,
            "now": was
            | {"nota": "NP-2016-00003", "total": 281_250, "letters": [*was["letters"], kb], "demanded": 281_250},
        }
    ]
    agree(first.drawers, HEAD)
    assert agree(first.drawers, ADMINISTRATION)["number"] == "BAP-2016-00002"
    assert [each["replaces"] for each in drawers.rounds(first.drawers, ID)] == [None, "BAP-2016-00001"]


def test_a_joint_skrd_stands_beside_each_of_its_notas():
    bus = {"jumlah_kendaraan": 1, "kelas_kendaraan": "sampai_8"}
    first = Assessed("trayek", None, bus, bidang="tertentu")
    second = Assessed(
        "trayek", None, bus | {"jumlah_kendaraan": 2}, file="file-2", drawers=first.drawers, bidang="tertentu"
    )
    for file in (first, second):
        file.prepare(who="tertentu-1").sign_nota(who="tertentu-head")
    first.issue(together=("file-2",)).sign_skrd()
    said = retribution.AgreementOf(bidang="tertentu", month="2016-03")
    found = agreeing.agreement_of(first.drawers, said, officer("tertentu-head"))
    assert [(row["demanded"], row["flags"]) for row in found["rows"]] == [(1_250_000, ()), (2_500_000, ())]
    assert found["rows"][0]["letters"] == found["rows"][1]["letters"] and found["series"] == []


def test_only_a_month_that_is_over_is_agreed_on_and_each_bidang_on_its_own():
    first, _ = two_files()
    refused("not_over", lambda: agree(first.drawers, HEAD, acted_at=on(3, 31)))
    refused("wrong_bidang", lambda: agree(first.drawers, "tertentu-head"))
    refused("unknown_bidang", lambda: agree(first.drawers, ADMINISTRATION, bidang="kebun", digest="0" * 64))
    other = Actor(id="tertentu-1", role="bidang_officer", unit="tertentu")
    said = retribution.AgreementOf(bidang="jasa_usaha", month="2016-03")
    refused("wrong_bidang", lambda: agreeing.agreement_of(first.drawers, said, other))


def test_the_year_says_how_far_each_bidang_is():
    first, _ = two_files()
    agree(first.drawers, HEAD)
    year = agreeing.agreements_of(first.drawers, retribution.AgreementsOf(year=2016), officer(ADMINISTRATION))
    march = {row["bidang"]: (row["skrd"], row["state"]) for row in year["months"] if row["month"] == "2016-03"}
    assert march["jasa_usaha"] == (2, "one_side") and march["tertentu"] == (0, "open")
    own = agreeing.agreements_of(first.drawers, retribution.AgreementsOf(year=2016), officer(HEAD))
    assert {row["bidang"] for row in own["months"]} == {"jasa_usaha"}
    assert actions.find(first.drawers, retribution.FindAssessment(application_id=first.file))["owed"]


def test_a_joint_skrd_counts_once_and_what_its_ended_file_asked_for_is_told_apart():
    first, second, _ = demanded()
    second.close()
    first.issue(at=on(3, 9, 11)).sign_skrd(at=on(3, 9, 12))
    found = ask(first.drawers, "tertentu-head", "tertentu")
    sums = found["sums"][""]
    assert (sums["notas"], sums["letters"], sums["ended"]) == (3, 2, TWO) and found["differing"] == []
    assert sums["demanded"] + sums["ended"] == sums["total"]
