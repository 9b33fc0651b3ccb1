"""The recap of paid retribution: signed once per figures, checked before it is printed, read back as PDF and XLSX."""

import base64
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from contracts import noticeboard, retribution
from plumbing.documents import Renderer
from services.noticeboard import actions as board
from services.retribution import recap_printing, recap_signing
from services.retribution.balancing import LedgerDiffers
from tests.assessed import Assessed
from tests.builders import Drawers, Papers, on, order, refused
from tests.printed import letters_of, printed
from values.verification_code import verification_code

DUE = 140_625


class Press(Papers):
    """Papers that are really typeset, kept in memory."""

    def __init__(self):
        super().__init__()
        self.renderer = Renderer()

    def file(self, kind, template, data, number):
        self.made[kind] = data
        return self.keep(kind, self.renderer.render(template, data), number)


@pytest.fixture
def press():
    made = Press()
    yield made
    made.renderer.close()


@pytest.fixture
def drawers() -> Drawers:
    """March 2016: two houses demanded, one paid in full at the bank, one partly at the treasurer's."""
    drawers = Drawers()
    Assessed(drawers=drawers).demanded().pay(DUE, "BJB-0001")
    Assessed(file="file-0002", drawers=drawers).demanded().pay(40_000, "KAS-0001", channel="treasurer")
    return drawers


def sign(drawers: Drawers, period: str = "2016-03", who: str = "head-2014") -> dict:
    return drawers.ask(recap_signing.sign_recap, order(retribution.SignRecap, period=period), who)


def issue(drawers: Drawers, press: Papers) -> retribution.RecapIssued:
    said = drawers.heard(retribution.RecapSigned)[-1]
    drawers.let(recap_printing.print_signed(press, drawers, said))
    return drawers.heard(retribution.RecapIssued)[-1]


def ask(drawers: Drawers, press: Papers, form: str, period: str = "2016-03") -> tuple[dict, bytes]:
    answer = recap_printing.print_recap(press, drawers, retribution.PrintRecap(period=period, form=form))
    return answer, base64.b64decode(answer["content"])


def test_the_head_signs_a_recap_that_is_numbered_and_printed_with_its_sums(drawers, press):
    assert sign(drawers) == {"number": "REKAP-2016-00001", "received": DUE + 40_000}
    issued = issue(drawers, press)
    text = printed(press.store.get(issued.document.sha256))
    data = press.made["recap"]
    for said in ("Rp 180.625", "281.250", "100.625", "REKAP-2016-00001", data["received_words"], "Wali Kota Bekasi"):
        assert letters_of(said) in text, said
    assert letters_of("seratus delapan puluh ribu enam ratus dua puluh lima rupiah") in text.lower()
    assert data["signature"]["name"] and letters_of(data["signature"]["name"]) in text
    assert "Kepala Dinas Tata Kota" in data["copies"]


def test_anyone_can_check_the_paper_by_the_code_that_is_printed_on_it(drawers, press):
    sign(drawers)
    issued, public = issue(drawers, press), Drawers()
    public.hear(board.note_paper, issued)
    code = verification_code("recap-2016-03", "recap", "REKAP-2016-00001")
    assert letters_of(code) in printed(press.store.get(issued.document.sha256))
    kept = public.get("papers", code)
    paper = noticeboard.Paper(id=kept["_id"], **{name: value for name, value in kept.items() if name != "_id"})
    assert (paper.kind, paper.sha256) == ("recap", issued.document.sha256)


def test_the_same_figures_are_signed_once_and_what_came_later_makes_another(drawers, press):
    sign(drawers)
    assert refused("recap_signed", lambda: sign(drawers)).field == "period"
    Assessed(file="file-0003", drawers=drawers).demanded()
    assert sign(drawers)["number"] == "REKAP-2016-00002"
    issue(drawers, press)
    assert press.made["recap"]["replaces"] == "REKAP-2016-00001"


@pytest.mark.parametrize(("period", "code"), [("2016-11", "not_over"), ("2016-03-15", "unknown_period")])
def test_a_recap_is_of_a_period_that_is_over(drawers, period, code):
    assert refused(code, lambda: sign(drawers, period)).field == "period"


def test_a_draft_says_that_it_is_one_and_a_signed_recap_is_the_paper_itself(drawers, press):
    answer, draft = ask(drawers, press, "pdf")
    assert answer["signed"] is False and "rancangan" in answer["name"]
    assert letters_of("RANCANGAN: belum ditandatangani") in printed(draft)
    sign(drawers)
    issued = issue(drawers, press)
    answer, paper = ask(drawers, press, "pdf")
    assert answer["signed"] is True and paper == press.store.get(issued.document.sha256)


def test_the_workbook_holds_the_same_figures_as_numbers(drawers, press):
    answer, content = ask(drawers, press, "xlsx")
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    [house] = [row for row in rows if row[0] == "4.1.2.03.01"]
    assert house[3:] == (2, 2 * DUE, DUE + 40_000, 0, 0, 0, 0, 0, 0, DUE - 40_000)
    [total] = [row for row in rows if row[0] == "Jumlah"]
    assert total[3:] == house[3:] and answer["form"] == "xlsx"
    assert all(isinstance(figure, int) for figure in total[3:])
    said = {row[0]: row[4] for row in rows if row[0] and row[4] is not None}
    assert (said["Diterima di rekening kas daerah"], said["Diterima bendahara penerimaan"]) == (DUE, 40_000)


def test_nothing_is_printed_when_the_sums_are_not_the_payments(drawers, press):
    sign(drawers)
    drawers.documents["payments", "BJB-0001"]["amount"] += 1
    for form in ("pdf", "xlsx"):
        no = refused("ledger_differs", lambda form=form: ask(drawers, press, form))
        assert "2016-03-10" in no.message
    with pytest.raises(LedgerDiffers, match="2016-03-10"):
        issue(drawers, press)
    assert drawers.heard(retribution.RecapIssued) == []


def test_nothing_is_signed_while_the_night_found_a_difference(drawers):
    drawers.documents["proofs", "ledger-last"] = {"_id": "ledger-last", "different": ["2016-03-10"]}
    refused("ledger_differs", lambda: sign(drawers))
    assert drawers.heard(retribution.RecapSigned) == []


def test_a_quarter_holds_its_months_and_a_file_paid_later_is_outstanding_in_it(drawers, press):
    Assessed(file="file-0003", drawers=drawers).demanded().pay(DUE, "BJB-0009", at=on(4, 2))
    drawers.now += timedelta(days=60)
    march, quarter, second = (sign(drawers, period)["received"] for period in ("2016-03", "2016-Q1", "2016-Q2"))
    assert (march, quarter, second) == (DUE + 40_000, DUE + 40_000, DUE)
