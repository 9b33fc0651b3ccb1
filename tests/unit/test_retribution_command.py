"""`ptsp retribution`: what is asked of the room, what is shown, and the exit codes. The room's own code answers."""

import json
from contextlib import contextmanager
from datetime import date
from shutil import copy

import pytest
from typer.testing import CliRunner

from catalogue.reading import DATA
from contracts.retribution import RecomputeNota
from plumbing.messaging.calls import Away
from ptsp import retribution
from ptsp.main import app
from services.retribution import proving, store
from tests.assessed import Assessed
from tests.builders import Drawers


@pytest.fixture
def drawers(monkeypatch) -> Drawers:
    """A room with one signed nota of March 2016 and one open file, asked without a bus between."""
    drawers = Drawers()
    Assessed(drawers=drawers).prepare().sign_nota()
    Assessed("iptm", "baru", {}, file="file-0002", drawers=drawers)

    def ask(question):
        answer = proving.recompute_month if isinstance(question, RecomputeNota) else proving.what_if
        return answer(drawers, question)

    @contextmanager
    def asking(home, operator):
        yield ask

    monkeypatch.setattr(retribution, "asking", asking)
    return drawers


def run(*arguments: str):
    return CliRunner().invoke(app, ["retribution", *arguments])


def test_notes_that_agree_end_with_zero(drawers):
    done = run("recompute")
    assert done.exit_code == 0 and "1 nota dihitung ulang, 0 berbeda." in done.output
    assert run("recompute", "--since", "2016-04").output.endswith("0 nota dihitung ulang, 0 berbeda.\n")


def test_a_note_that_differs_is_named_with_its_difference_and_ends_with_one(drawers):
    def falsify(book):
        record = store.find(book, "file-0001")
        record.nota.lines[0].amount -= 625
        store.save(book, record)

    drawers.let(falsify)
    done = run("recompute")
    assert done.exit_code == 1 and "NP-2016-00001" in done.output and "selisih +Rp 625" in done.output
    told = json.loads(run("recompute", "--json").output)
    assert told["different"] == 1 and told["months"][0]["different"][0]["total"] == 140_625


def test_what_other_tariffs_would_change_is_a_table_and_one(drawers, tmp_path):
    copy(DATA / "tariffs" / "iptm.yaml", tmp_path)
    day = ("--on", date(2016, 6, 1).isoformat())
    same = run("what-if", "--tariffs", str(tmp_path), *day)
    assert same.exit_code == 0 and "1 berkas terbuka dihitung per 1 Juni 2016, 0 berubah." in same.output
    text = (tmp_path / "iptm.yaml").read_text()
    assert "amount: 100000" in text
    (tmp_path / "iptm.yaml").write_text(text.replace("amount: 100000", "amount: 120000"))
    dearer = run("what-if", "--tariffs", str(tmp_path), *day)
    assert dearer.exit_code == 1 and "+Rp 20.000" in dearer.output


@pytest.mark.parametrize(("files", "said"), [({}, "tidak ada berkas tarif"), ({"iptm.yaml": "rows: 1"}, "iptm.yaml")])
def test_a_folder_without_tariffs_or_with_wrong_ones_ends_with_two(drawers, tmp_path, files, said):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    done = run("what-if", "--tariffs", str(tmp_path))
    assert done.exit_code == 2 and said in done.stderr


def test_a_month_that_is_none_ends_with_two(drawers):
    done = run("recompute", "--since", "Maret")
    assert done.exit_code == 2 and "tulis seperti 2016-03" in done.stderr


def test_a_room_that_does_not_answer_ends_with_two(monkeypatch):
    class Silent:
        def __init__(self, address):
            pass

        def call(self, *asked):
            raise Away("nobody")

        def close(self):
            pass

    class Settings:
        broker_url = statement_private_key = type("Secret", (), {"get_secret_value": lambda self: "x"})()

    monkeypatch.setattr(retribution, "Office", Silent)
    monkeypatch.setattr(retribution, "mint", lambda actor, key: "said")
    monkeypatch.setattr(retribution, "office_settings", lambda home: Settings())
    done = run("recompute")
    assert done.exit_code == 2 and "tidak menjawab" in done.stderr
