"""One SKRD for several notas of one payer: one number, one code, one debt; every file goes on when it is paid."""

import pytest

from contracts import retribution
from services.retribution import actions, correcting, ledger, printing, receipts, store
from services.retribution.proof import differences
from tests.assessed import Assessed
from tests.builders import Drawers, Papers, on, order, refused

BUS = {"jumlah_kendaraan": 1, "kelas_kendaraan": "sampai_8"}
ONE, TWO, THREE = 1_250_000, 2_500_000, 3_750_000  # 1, 2, 3 vehicles of up to 8 seats


def route(file: str, drawers: Drawers | None = None, vehicles: int = 1) -> Assessed:
    """A file of the same payer for so many vehicles, its nota signed."""
    quantities = BUS | {"jumlah_kendaraan": vehicles}
    mine = Assessed("trayek", None, quantities, file=file, drawers=drawers, bidang="tertentu", resi=f"R-{file[-1]}")
    return mine.prepare(who="tertentu-1").sign_nota(who="tertentu-head")


def three() -> list[Assessed]:
    """Three files for one, two and three vehicles: Rp 7.500.000."""
    first = route("file-1")
    return [first, route("file-2", first.drawers, 2), route("file-3", first.drawers, 3)]


def demanded() -> list[Assessed]:
    """The three under one signed SKRD, which the first one leads."""
    files = three()
    files[0].issue(together=("file-2", "file-3")).sign_skrd()
    return files


def told(file: Assessed, kind: type) -> list[str]:
    """Of which files something was said, in order."""
    return [said.application_id for said in file.drawers.heard(kind)]


def find(file: Assessed) -> dict:
    return actions.find(file.drawers, retribution.FindAssessment(application_id=file.file))


def test_the_notas_that_may_stand_together_are_offered_to_who_issues():
    first, second, third = three()
    assert [each["application_id"] for each in find(first)["may_join"]] == ["file-2", "file-3"]
    assert [each["total"] for each in find(third)["may_join"]] == [ONE, TWO]
    second.issue(together=("file-3",))
    assert find(first)["may_join"] == [], "what has an SKRD is offered no more"


def test_one_number_one_code_and_the_sum_of_the_notas():
    first, second, third = demanded()
    skrd = first.record.skrd
    assert skrd.amount == ONE + TWO + THREE and [each.total for each in skrd.drawn_from] == [ONE, TWO, THREE]
    assert second.record.skrd is None and second.record.joined_to.application_id == "file-1"
    assert find(third)["joint"]["skrd"]["number"] == skrd.number
    assert [said.application_id for said in first.drawers.heard(retribution.SkrdSigned)] == [
        "file-1",
        "file-2",
        "file-3",
    ]
    other = route("file-4", first.drawers).issue()
    assert other.record.skrd.serial == skrd.serial + 1, "one SKRD took one number"


def test_paid_once_each_file_goes_on_and_the_money_counts_once():
    first, second, third = demanded()
    half = first.pay(4_000_000, "BJB-0001")
    assert (half["outcome"], half["principal_left"]) == ("partial", 3_500_000)
    assert told(first, retribution.SkrdPaid) == []
    assert first.pay(3_500_000, "BJB-0002")["outcome"] == "matched"
    assert told(first, retribution.SkrdPaid) == ["file-1", "file-2", "file-3"]
    assert first.pay(3_500_000, "BJB-0002")["repeated"] and len(told(first, retribution.SkrdPaid)) == 3
    assert [file.record.paid for file in (first, second, third)] == [7_500_000, 0, 0]
    [month] = ledger.months(first.drawers, "2016-03", "2016-03").values()
    [sums] = month.values()
    assert sums["assessed"] == sums["principal"] == 7_500_000 and sums["skrd"] == 1


def test_each_file_gets_its_own_copy_of_the_papers():
    first, second, _ = demanded()
    papers, drawers = Papers(), first.drawers
    for said in drawers.heard(retribution.SkrdSigned):
        drawers.let(printing.print_skrd(papers, drawers, said))
    issued = drawers.heard(retribution.SkrdIssued)
    assert [(each.application_id, each.leads, each.amount) for each in issued] == [
        ("file-1", True, 7_500_000),
        ("file-2", False, 7_500_000),
        ("file-3", False, 7_500_000),
    ]
    assert issued[1].covers == ("R-1", "R-2", "R-3") and len({each.document.sha256 for each in issued}) == 3
    lines = papers.made["skrd"]["lines"]
    assert [line["amount"] for line in lines] == ["Rp 1.250.000", "Rp 2.500.000", "Rp 3.750.000"]
    first.pay(7_500_000, "BJB-0001")
    for said in drawers.heard(retribution.SkrdPaid):
        drawers.let(receipts.print_receipt(papers, drawers, said))
    assert told(first, retribution.ReceiptIssued) == ["file-1", "file-2", "file-3"]
    assert {document.kind for document in second.record.documents} >= {"skrd", "tanda_bukti_pembayaran"}


def test_building_permits_always_have_an_skrd_of_their_own():
    first = Assessed().prepare().sign_nota()
    Assessed(file="file-2", drawers=first.drawers).prepare().sign_nota()
    assert find(first)["may_join"] == []
    refused("stands_alone", lambda: first.issue(together=("file-2",)))


@pytest.mark.parametrize("how", ["unknown", "unsigned", "demanded", "another_payer"])
def test_a_nota_that_differs_or_is_demanded_already_is_refused_and_nothing_changes(how):
    first = route("file-1")
    if how == "unsigned":
        Assessed("trayek", None, BUS, file="file-2", drawers=first.drawers, bidang="tertentu").prepare(who="tertentu-1")
    elif how != "unknown":
        other = route("file-2", first.drawers)
        if how == "demanded":
            other.issue()
        else:
            record = other.record
            record.payer = record.payer.model_copy(update={"name": "Orang Lain", "npwp": "01.234.567.8-901.000"})
            first.drawers.let(lambda book: store.save(book, record))
    refused("not_alike", lambda: first.issue(together=("file-2",)))
    assert first.record.skrd is None and first.record.joined == []


def test_the_same_nota_twice_is_refused():
    first, *_ = three()
    refused("too_many_notas", lambda: first.issue(together=("file-2", "file-2")))
    refused("too_many_notas", lambda: first.issue(together=("file-1",)))


def test_a_joined_file_is_issued_and_changed_where_its_skrd_is_kept():
    _, second, _ = demanded()
    refused("joined", second.issue)
    refused("joined", lambda: second.propose(on(3, 9), "relief", percent="50"))


def test_a_corrected_nota_of_a_joined_file_changes_the_joint_demand():
    first, second, _ = demanded()
    said = order(
        retribution.CorrectNota,
        application_id="file-2",
        quantities=BUS | {"jumlah_kendaraan": 4},
        reason="Jumlah kendaraan salah dibaca.",
        acted_at=on(3, 9),
    )
    second.drawers.ask(correcting.correct_nota, said, "tertentu-1")
    second.sign_nota(at=on(3, 9, 10), who="tertentu-head")
    first.issue(at=on(3, 9, 11)).sign_skrd(at=on(3, 9, 12))
    [more] = first.record.supplements
    assert (more.kind, more.amount) == ("skrdkb", 2_500_000)
    assert first.record.account.principal == 10_000_000 and differences(first.record) == []


def test_a_joined_file_that_ends_before_the_signature_takes_its_nota_out():
    first, second, third = three()
    first.issue(together=("file-2", "file-3"))
    second.close()
    assert first.record.skrd is None and [each.amount for each in first.record.cancelled] == [7_500_000]
    first.issue(at=on(3, 8, 12)).sign_skrd()
    assert first.record.skrd.amount == ONE + THREE
    first.pay(ONE + THREE, "BJB-0001")
    assert told(first, retribution.SkrdPaid) == ["file-1", "file-3"]
    assert third.record.closed is None and second.record.closed == "withdrawn"


def test_a_joined_file_that_ends_after_the_signature_calls_for_an_skrdlb():
    first, second, _ = demanded()
    second.close("refused")
    assert find(first)["calls_for"] == {"kind": "skrdlb", "amount": TWO}
    first.issue(at=on(3, 9, 11)).sign_skrd(at=on(3, 9, 12))
    assert first.pay(ONE + THREE, "BJB-0001")["outcome"] == "matched"


def test_the_file_that_leads_may_end_and_keeps_the_account_for_the_others():
    first, second, third = demanded()
    first.close()
    assert first.record.closed is None and first.record.left == "withdrawn"
    first.issue(at=on(3, 9, 11)).sign_skrd(at=on(3, 9, 12))
    assert first.pay(TWO + THREE, "BJB-0001")["outcome"] == "matched"
    assert told(first, retribution.SkrdPaid) == ["file-2", "file-3"]
    assert second.record.closed is None and third.record.closed is None


def test_when_all_of_them_ended_the_debt_ends():
    first, second, third = demanded()
    first.close()
    second.close("refused")
    assert first.record.closed is None
    assert told(first, retribution.DemandEnded) == ["file-2"], "the first keeps the account for the third"
    third.close()
    assert first.record.closed == "withdrawn" and find(first)["owed"] is None
    assert sorted(told(first, retribution.DemandEnded)) == ["file-1", "file-2", "file-3"]
    assert first.pay(1_000, "BJB-0001")["outcome"] == "closed_file"


def test_a_paid_joint_skrd_is_not_changed_by_a_file_that_ends():
    first, second, _ = demanded()
    first.pay(7_500_000, "BJB-0001")
    second.close()
    assert find(first)["calls_for"] is None and first.record.overpaid == 0


def test_what_is_granted_of_a_joint_demand_reaches_every_file():
    first, *_ = demanded()
    number = first.propose(on(3, 9), "cancellation", anew=False)
    first.decide(on(3, 9, 10), number)
    assert told(first, retribution.ChangeDecided) == ["file-1", "file-2", "file-3"]
