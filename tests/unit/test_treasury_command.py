"""`ptsp retribution recap` and `cash-book`: what is shown and written, and the exit codes. The room's code answers."""

import io
import json
from contextlib import contextmanager

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from contracts.retribution import AgreementOf, CashBookOf, PrintRecap, RecapOf
from plumbing.documents import Renderer
from ptsp import retribution
from ptsp.main import app
from services.retribution import agreeing, cash, recap_printing, recaps
from tests.assessed import Assessed
from tests.builders import Drawers, Papers, officer
from tests.printed import letters_of, printed
from tests.statements import line, take_in, undo
from values.refusal import Refusal

DUE = 140_625


@pytest.fixture
def drawers(monkeypatch) -> Drawers:
    """A house of March 2016, paid partly at the treasurer's, asked without a bus between."""
    drawers, papers = Drawers(), Papers()
    papers.renderer = Renderer()
    Assessed(drawers=drawers).demanded().pay(40_000, "KAS-0001", channel="treasurer")

    def ask(question):
        match question:
            case RecapOf():
                return recaps.recap(drawers, question)
            case AgreementOf():
                return agreeing.agreement_of(drawers, question, officer("operator-1"))
            case CashBookOf():
                return cash.cash_book(drawers, question)
            case PrintRecap():
                return recap_printing.print_recap(papers, drawers, question)

    @contextmanager
    def asking(home, operator):
        yield ask

    monkeypatch.setattr(retribution, "asking", asking)
    yield drawers
    papers.renderer.close()


def test_a_day_on_which_more_was_taken_back_than_came_in_is_shown_below_zero(drawers, tmp_path):
    undo(drawers, take_in(drawers, line("BJB-0001", "x", 1_250))["number"])
    assert "-Rp 1.250" in run("cash-book", "--day", "2016-11-30").output
    assert "-Rp 1.250" in run("recap", "--month", "2016-11").output
    assert run("recap", "--month", "2016-11", "--output", str(tmp_path / "recap.pdf")).exit_code == 0
    read = printed((tmp_path / "recap.pdf").read_bytes())
    assert letters_of("minus seribu dua ratus lima puluh rupiah") in read.lower()


def run(*arguments: str):
    return CliRunner().invoke(app, ["retribution", *arguments])


def test_the_notas_of_a_month_are_shown_beside_their_skrds(drawers):
    shown = run("matching", "--bidang", "jasa_usaha", "--month", "2016-03")
    assert shown.exit_code == 0 and "1 nota, 0 berbeda; belum disepakati" in " ".join(shown.output.split())
    told = json.loads(run("matching", "--bidang", "jasa_usaha", "--month", "2016-03", "--json").output)
    assert [row["demanded"] for row in told["rows"]] == [DUE] and told["state"] == "open"
    assert run("matching", "--bidang", "jasa_usaha", "--month", "2016-13").exception.code == "unknown_month"


def test_the_recap_of_a_month_is_shown_with_its_sums(drawers):
    shown = run("recap", "--month", "2016-03")
    assert shown.exit_code == 0 and "Maret 2016" in shown.output
    for said in ("Rp 140.625", "Rp 40.000", "Rp 100.625", "Jumlah"):
        assert said in shown.output
    told = json.loads(run("recap", "--period", "2016", "--by", "bidang", "--json").output)
    assert [row["key"] for row in told["rows"]] == ["jasa_usaha"] and told["total"]["outstanding"] == 100_625


def test_the_recap_is_written_as_pdf_and_as_workbook(drawers, tmp_path):
    paper, sheet = tmp_path / "recap.pdf", tmp_path / "recap.xlsx"
    assert "rancangan" in run("recap", "--month", "2016-03", "--output", str(paper)).output
    assert run("recap", "--month", "2016-03", "--output", str(sheet)).exit_code == 0
    assert letters_of("100.625") in printed(paper.read_bytes())
    cells = [cell for row in load_workbook(io.BytesIO(sheet.read_bytes())).active.values for cell in row]
    assert 100_625 in cells and 40_000 in cells


def test_the_cash_book_of_a_day_is_shown(drawers):
    shown = run("cash-book", "--day", "2016-03-10")
    assert "KAS-0001" in shown.output and "kas akhir Rp 40.000" in shown.output
    told = json.loads(run("cash-book", "--day", "2016-03-11", "--json").output)
    assert (told["opening"], told["entries"]) == (40_000, [])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["recap"], "no_period"),
        (["recap", "--month", "2016-02-30"], "unknown_period"),
        (["recap", "--month", "2016-03", "--by", "colour"], "unknown_by"),
        (["recap", "--month", "2016-03", "--output", "recap.doc"], "unknown_form"),
    ],
)
def test_what_is_asked_wrongly_is_said(drawers, arguments, code):
    no = run(*arguments).exception
    assert isinstance(no, Refusal) and no.code == code


def test_sums_that_do_not_agree_are_refused_and_nothing_is_written(drawers, tmp_path):
    drawers.documents["payments", "KAS-0001"]["amount"] = 1
    paper = tmp_path / "recap.pdf"
    no = run("recap", "--month", "2016-03", "--output", str(paper)).exception
    assert isinstance(no, Refusal) and no.code == "ledger_differs" and not paper.exists()
