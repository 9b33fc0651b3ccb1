"""The STRD: proposed by the clock, signed by the Head, lapsed when paid. Later money has receipts of its own."""

from datetime import date

import pytest

from contracts import retribution
from services.retribution import claim_printing, receipts, worklist
from tests.assessed import Assessed
from tests.builders import Drawers, Papers, officer, on
from tests.unit.test_rooms_retribution_late import DUE, MONTH, at_the_counter, look
from values.refusal import Refusal


def proposed() -> Assessed:
    """A debt due on 7 April, reminded on the 14th; its STRD is proposed on the 22nd."""
    file = at_the_counter()
    for day in (on(4, 14), on(4, 22)):
        look(file, day)
    return file


def waiting(file: Assessed) -> list[dict]:
    question = retribution.WorkOf(what="strd_to_sign")
    return worklist.work_of(file.drawers, question, officer("head-2014"))["work"]


def whats(file: Assessed) -> list[str]:
    return [happening.what for happening in file.record.history]


def test_a_proposed_strd_waits_for_the_head_with_what_it_would_claim_today():
    file = proposed()
    [line] = waiting(file)
    assert (line["what"], line["amount"], line["interest"]) == ("strd_to_sign", DUE + MONTH, MONTH)
    assert line["due_on"] == "2016-04-07"
    file.drawers.now = on(5, 10)
    assert waiting(file)[0]["interest"] == 2 * MONTH - 1, "interest goes on until somebody signs"


def test_the_strd_claims_what_is_owed_on_the_day_it_is_signed_and_is_numbered_then():
    file = proposed()
    file.drawers.now = on(5, 10)
    file.sign_strd()
    [signed] = file.drawers.heard(retribution.StrdSigned)
    claim = file.record.claims[-1]
    assert (signed.number, claim.principal, claim.interest) == ("STRD-2016-00001", DUE, 5_625)
    assert (claim.signed_by, claim.pay_by) == ("head-2014", date(2016, 5, 17))
    assert waiting(file) == [] and look(file, on(10, 1)) == []
    with pytest.raises(Refusal) as no:
        file.sign_strd()
    assert no.value.code == "strd_signed" and len(file.drawers.heard(retribution.StrdSigned)) == 1


def test_who_may_not_sign_skrd_signs_no_strd_and_without_a_proposal_there_is_nothing_to_sign():
    file = proposed()
    with pytest.raises(Refusal):
        file.sign_strd(who="jasa-usaha-head")
    assert len(waiting(file)) == 1 and file.drawers.heard(retribution.StrdSigned) == []
    with pytest.raises(Refusal) as no:
        at_the_counter().sign_strd()
    assert no.value.code == "no_strd"


def test_a_debt_paid_before_the_signature_lets_the_proposal_lapse_visibly():
    file = proposed()
    file.drawers.now = on(4, 25)
    file.pay(DUE + MONTH, "BJB-0001", at=on(4, 25))
    assert waiting(file) == [], "it waits for nobody from then on"
    with pytest.raises(Refusal) as no:
        file.sign_strd()
    assert no.value.code == "nothing_owed"
    for hour in (10, 11):
        look(file, on(4, 25, hour))
    assert whats(file).count("strd_lapsed") == 1 and file.record.strd_proposals[0].lapsed_at is not None
    assert look(file, on(12, 1)) == []


def test_a_part_paid_leaves_the_proposal_and_the_strd_claims_the_rest():
    file = proposed()
    file.drawers.now = on(4, 25)
    file.pay(100_000, "BJB-0001", at=on(4, 25))
    file.sign_strd()
    assert (file.record.claims[-1].principal, file.record.claims[-1].interest) == (DUE - 100_000, MONTH)


def test_the_proposal_of_a_file_that_ended_lapses():
    file = proposed()
    file.close()
    look(file, on(4, 25))
    assert whats(file)[-1] == "strd_lapsed" and waiting(file) == []


def test_numbers_of_strd_have_no_gap_whatever_lapsed_between():
    drawers = Drawers(on(3, 8, 14))
    files = [Assessed(file=f"file-000{n}", drawers=drawers).demanded() for n in (1, 2, 3)]
    for day in (on(4, 14), on(4, 22)):
        look(files[0], day)
    assert [each["application_id"] for each in waiting(files[0])] == ["file-0001", "file-0002", "file-0003"]
    files[0].sign_strd()
    files[1].pay(DUE + MONTH, "BJB-0001", at=on(4, 22))
    look(files[1], on(4, 23))
    files[2].sign_strd()
    numbers = [each.number for each in drawers.heard(retribution.StrdSigned)]
    assert numbers == ["STRD-2016-00001", "STRD-2016-00002"]


def test_teguran_and_signed_strd_are_papers_that_name_account_and_signatory():
    file, papers = proposed(), Papers()
    [reminded] = file.drawers.heard(retribution.TeguranRaised)
    file.drawers.let(claim_printing.print_teguran(papers, file.drawers, reminded))
    assert papers.made["teguran"]["total"] == "Rp 143.438" and "signature" not in papers.made["teguran"]
    [filed] = file.drawers.heard(retribution.TeguranFiled)
    assert (filed.document.kind, filed.document.number, filed.issued_at) == ("teguran", reminded.number, on(4, 14))
    file.sign_strd()
    [signed] = file.drawers.heard(retribution.StrdSigned)
    file.drawers.let(claim_printing.print_strd(papers, file.drawers, signed))
    made = papers.made["strd"]
    assert made["signature"]["position"].startswith("Kepala") and made["signature"]["signed_at"]
    assert made["interest_account"] == "4.1.4.08" and any("rekening bunga" in said for said in made["assumptions"])


# --- receipts of later money -----------------------------------------------------------------------------------------


def paid_late() -> Assessed:
    """The principal was paid on 9 April with some of the interest; Rp 1.438 of interest is left."""
    file = Assessed().demanded()
    file.pay(142_000, "BJB-0001", at=on(4, 9))
    return file


def test_interest_paid_after_the_receipt_has_a_receipt_of_its_own():
    file, papers = paid_late(), Papers()
    assert file.drawers.heard(retribution.FurtherPaid) == []
    file.pay(1_000, "BJB-0002", at=on(4, 20))
    file.pay(1_000, "BJB-0003", at=on(4, 21))
    file.pay(1_000, "BJB-0003", at=on(4, 21))
    told = file.drawers.heard(retribution.FurtherPaid)
    assert [each.number for each in told] == ["TBP-2016-00002", "TBP-2016-00003"]
    split = [
        (each.principal, each.interest, each.overpaid, each.interest_left) for each in file.record.further_receipts
    ]
    assert split == [(0, 1_000, 0, 438), (0, 438, 562, 0)]
    file.drawers.let(receipts.print_further_receipt(papers, file.drawers, told[1]))
    made = papers.made["tanda_bukti_pembayaran"]
    assert [(line["account_code"], line["amount"]) for line in made["lines"]] == [
        ("4.1.4.08", "Rp 438"),
        ("–", "Rp 562"),
    ]
    assert (made["amount"], made["stamp"], made["bank_reference"]) == ("Rp 1.000", "DITERIMA", "BJB-0003")
    [issued] = file.drawers.heard(retribution.FurtherReceiptIssued)
    assert (issued.interest, issued.overpaid, issued.document.number) == (438, 562, "TBP-2016-00003")


def test_the_receipt_of_the_principal_leaves_out_money_of_the_same_day_that_has_its_own():
    file, papers = paid_late(), Papers()
    file.pay(1_438, "BJB-0002", at=on(4, 9, 15))
    [settled] = file.drawers.heard(retribution.SkrdPaid)
    file.drawers.let(receipts.print_receipt(papers, file.drawers, settled))
    made = papers.made["tanda_bukti_pembayaran"]
    assert (made["amount"], made["bank_reference"], made["stamp"]) == ("Rp 142.000", "BJB-0001", "LUNAS")
    assert file.record.further_receipts[0].interest == 1_438


def test_all_receipts_together_say_every_rupiah_once_whatever_the_order():
    file, papers = paid_late(), Papers()
    file.pay(50_000, "BJB-0002", at=on(3, 20))  # the bank tells late of money that came early
    [settled] = file.drawers.heard(retribution.SkrdPaid)
    file.drawers.let(receipts.print_receipt(papers, file.drawers, settled))
    first = int(papers.made["tanda_bukti_pembayaran"]["amount"].removeprefix("Rp ").replace(".", ""))
    later = sum(each.principal + each.interest + each.overpaid for each in file.record.further_receipts)
    assert first + later == file.record.paid == 192_000


def test_money_for_a_file_that_ended_has_no_receipt():
    file = paid_late()
    file.close()
    file.pay(1_000, "BJB-0002", at=on(4, 20))
    assert file.record.further_receipts == [] and file.drawers.heard(retribution.FurtherPaid) == []
