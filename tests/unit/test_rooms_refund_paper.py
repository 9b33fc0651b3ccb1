"""The decision to give money back is a paper: it says all of it, joins its file, and can be checked."""

import pytest

from contracts import retribution
from contracts.retribution.refunds import is_nobodys
from plumbing.messaging.book import NotYet
from services.intake import heard
from services.noticeboard import actions as noticeboard
from services.retribution import refund_printing, refund_store
from tests.assessed import DECREE, Assessed
from tests.builders import Drawers, Papers, fact, on
from tests.moved import DUE, WHY, decide, pay_out, propose
from values.verification_code import verification_code


def _granted(file: Assessed, reference: str = "BJB-0001", amount: int = 1_000, **more) -> tuple[str, Papers]:
    """A refund that was granted and printed; its number and the papers made."""
    number, papers = propose(file.drawers, reference, amount, **more), Papers()
    decide(file.drawers, number)
    event = file.drawers.heard(retribution.RefundDecided)[-1]
    file.drawers.let(refund_printing.print_refund(papers, file.drawers, event))
    return number, papers


def test_the_decision_says_whose_money_goes_back_why_and_who_decided():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number, papers = _granted(file, asked_on="2016-03-12")
    made, letter = papers.made["surat_pengembalian"], file.record.letter
    assert (made["number"], made["total"], made["total_words"]) == (number, "Rp 1.000", "seribu rupiah")
    assert made["lines"] == [{"name": "Kelebihan pembayaran", "amount": "Rp 1.000"}]
    assert made["letters"] == [f"SKRD Nomor {letter.number} tanggal 8 Maret 2016"]
    assert (made["asked_on"], made["reason"], made["decision"]) == ("12 Maret 2016", WHY, WHY)
    assert "Bendahara" in made["proposed_by"] and made["signature"]["date"] == "22 Maret 2016"
    assert (made["payer"]["name"], made["pay_by"]) == (file.record.payer.name, "22 Mei 2016")
    assert made["money"] == "Rp 141.625 tanggal 10 Maret 2016, acuan BJB-0001" and made["decree"] == ""


def test_the_interest_of_an_objection_stands_on_the_paper_as_a_line_of_its_own():
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001")
    objection = file.propose(on(3, 11), "objection", letter="01/K/2016", filed_on="2016-03-11", asked=100_000)
    file.decide(on(3, 20), objection)
    _, papers = _granted(file, amount=40_625)
    made = papers.made["surat_pengembalian"]
    assert [row["amount"] for row in made["lines"]] == ["Rp 40.625", "Rp 813"] and made["total"] == "Rp 41.438"
    assert "Pasal 164" in made["lines"][1]["name"] and "2 % sebulan" in made["notes"][0]
    assert file.drawers.heard(retribution.RefundGranted)[0].compensation == 813


def test_the_paper_names_the_account_by_its_last_figures_alone():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    _, papers = _granted(file)
    made = papers.made["surat_pengembalian"]
    assert "5678" in made["recipient"] and "0012345678" not in repr(made)


def test_principal_that_goes_back_names_its_decree():
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001")
    file.close()
    _, papers = _granted(file, amount=DUE, decree=DECREE)
    made = papers.made["surat_pengembalian"]
    assert made["decree"].startswith("Wali Kota Bekasi, Nomor 973/Kep.112/2016 tanggal 9 Maret 2016")
    assert (made["title"], made["lines"][0]["name"]) == ("Pengembalian Retribusi", "Pokok retribusi")


def test_the_paper_lies_with_the_refund_and_with_its_file():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number, _ = _granted(file)
    pay_out(file.drawers, number)
    [filed] = file.drawers.heard(retribution.RefundGranted)
    assert refund_store.refund(file.drawers, number).document == filed.document == file.record.documents[-1]
    assert (filed.application_id, filed.amount, filed.document.number) == (file.file, 1_000, number)
    assert file.record.history[-2].what == "refund_filed"


def test_a_refund_that_is_refused_has_no_paper():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    decide(file.drawers, propose(file.drawers, "BJB-0001", 1_000), granted=False)
    assert file.drawers.heard(retribution.RefundDecided) == []


def test_it_is_not_printed_before_it_is_decided():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 1_000)
    early = fact(retribution.RefundDecided, application_id=file.file, number=number)
    with pytest.raises(NotYet):
        refund_printing.print_refund(Papers(), file.drawers, early)


def test_the_paper_of_nobodys_money_stands_alone_and_can_be_checked():
    file = Assessed().demanded()
    file.pay(700, "BJB-0009", code="123456", at=on(3, 9))
    before = len(file.record.documents)
    number, papers = _granted(file, "BJB-0009", 700)
    made, [filed] = papers.made["surat_pengembalian"], file.drawers.heard(retribution.RefundGranted)
    assert made["payer"] == {"name": "Sri Wahyuni", "address": "", "npwrd": ""} and made["resi_number"] == ""
    assert is_nobodys(filed.application_id) and len(file.record.documents) == before
    board = Drawers()
    board.hear(noticeboard.note_refund, filed, times=2)
    code = verification_code(filed.application_id, "surat_pengembalian", number)
    assert made["verification_code"] == code and board.get("papers", code)["number"] == number
    assert [name for name, _ in board.documents] == ["papers"]


def test_nothing_joins_a_file_when_the_money_is_nobodys_or_nothing_was_printed():
    drawers = Drawers()
    drawers.hear(heard.take_refund, fact(retribution.RefundGranted, document=None))  # as earlier versions said it
    drawers.hear(heard.take_refund, fact(retribution.RefundGranted, application_id="pengembalian-PGB-2016-00001"))
    assert drawers.documents == {}
