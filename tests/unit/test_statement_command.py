"""`ptsp retribution statement` and `reconcile`: what is shown, and the exit codes. The room's code answers."""

import json
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from contracts.retribution import ImportStatement, PreviewStatement, ReconciliationOf, UndoStatement
from ptsp import retribution
from ptsp.main import app
from services.retribution import reconciling, statements
from tests.assessed import Assessed
from tests.builders import Drawers
from tests.statements import file_of, line
from values.refusal import Refusal


@pytest.fixture
def file(monkeypatch) -> Assessed:
    drawers = Drawers()

    def ask(message):
        match message:
            case PreviewStatement():
                return statements.preview(drawers, message)
            case ImportStatement():
                return drawers.ask(statements.take_in, message, "treasurer")
            case UndoStatement():
                return drawers.ask(statements.undo, message, "treasurer")
            case ReconciliationOf():
                return reconciling.reconciliation(drawers, message)

    @contextmanager
    def asking(home, who, role="operator"):
        assert role == ("treasurer" if who == "treasurer" else "operator")
        yield ask

    monkeypatch.setattr(retribution, "asking", asking)
    return Assessed(drawers=drawers).demanded()


def run(*arguments: str):
    return CliRunner().invoke(app, ["retribution", *arguments])


def test_a_file_is_looked_at_taken_in_and_taken_back(file, tmp_path):
    path = tmp_path / "koran.csv"
    path.write_text(file_of(line("BJB-0001", file.record.skrd.payment_code, 140_625)))
    shown = run("statement", str(path), "--preview")
    assert shown.exit_code == 0 and "1 pembayaran baru; akan tercatat Rp 140.625" in shown.output
    assert file.record.paid == 0
    assert "RK-2016-00001: 1 pembayaran baru" in run("statement", str(path)).output
    told = json.loads(run("statement", str(path), "--json").output)
    assert told["repeated"] and file.record.paid == 140_625
    undone = run("statement", "--undo", "RK-2016-00001", "--reason", "Berkas rekening lain")
    assert "1 pembayaran ditarik kembali, Rp 140.625" in undone.output and file.record.paid == 0


def test_a_line_that_cannot_be_read_ends_the_preview_with_one(file, tmp_path):
    path = tmp_path / "koran.csv"
    path.write_text(file_of("2016-03-10,BJB-0001,x,1.000,masuk"))
    shown = run("statement", str(path), "--preview")
    assert shown.exit_code == 1 and "Baris 2, jumlah: bukan rupiah bulat" in shown.output


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ([], "file"),
        (["x.csv", "--undo", "RK-2016-00001"], "file"),
        (["--undo", "RK-1", "--reason", "x" * 10], "number"),
    ],
)
def test_what_is_not_said_plainly_is_refused_by_field(file, arguments, field):
    assert isinstance(no := run("statement", *arguments).exception, Refusal) and no.field == field


def test_a_file_that_is_not_there_or_no_utf8_is_refused(file, tmp_path):
    (path := tmp_path / "lain.csv").write_bytes(b"\xff\xfe")
    for given in (path, tmp_path / "tidak-ada.csv"):
        assert run("statement", str(given), "--preview").exception.field == "file"


def test_what_differs_is_told_with_exit_code_one(file, tmp_path):
    path = tmp_path / "koran.csv"
    path.write_text(file_of(line("BJB-0001", file.record.skrd.payment_code, 5, "2016-03-01")))
    assert run("reconcile").exit_code == 0
    run("statement", str(path))
    for due in list(reconciling.look(file.drawers)):
        if due.key.startswith("compared:"):
            file.drawers.let(due.act)
    shown = run("reconcile")
    assert shown.exit_code == 1 and "BJB-0001" in shown.output and "1 perbedaan" in shown.output
