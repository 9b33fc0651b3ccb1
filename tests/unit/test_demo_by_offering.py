"""What `ptsp demo --services` counts as wrong: a way not taken, a file too few, one that is not at its end."""

import copy
from datetime import datetime, timedelta

import pytest

from catalogue.licences import licence_types
from catalogue.standards_book import service_standards
from catalogue.ways import ways
from ptsp.demo.by_offering import by_offering
from ptsp.demo.every_offering import plan_every_offering
from values.dates import JAKARTA

BEGAN = datetime(2020, 3, 9, 9, tzinfo=JAKARTA)


def answer(code: str, way: list[tuple[str, str]]) -> dict:
    """What intake says of a file that went this way."""
    stays = [
        {
            "step": step,
            "name": step,
            "outcome": outcome,
            "began": (BEGAN + timedelta(minutes=n)).isoformat(),
            "ended": (BEGAN + timedelta(minutes=n + 1)).isoformat(),
        }
        for n, (step, outcome) in enumerate(way)
    ]
    return {
        "application_id": f"{code}-{len(way)}",
        "licence_type": code,
        "sub_kind": None,
        "resi": "R-2020-000001-4",
        "promised_on": "2020-03-10",
        "standing": {"outcome": "issued", "status": "archived"},
        "clock": {"file": {"overdue": False, "used": "0", "limit": 1, "unit": "day"}, "steps": stays},
    }


@pytest.fixture
def answers() -> list[dict]:
    found = [answer(code, way) for code, s in service_standards().items() for way in ways(s.path)]
    straight = {
        code: [(step.code, next(iter(step.outcomes))) for step in k.path.steps] for code, k in licence_types().items()
    }
    return found + [answer(code, way) for code, way in straight.items()]


def test_when_every_move_was_made_nothing_is_wrong(answers):
    found = by_offering(answers)
    assert found["wrong"] == []
    assert (len(found["services"]), len(found["types"])) == (21, 66)
    assert all(service["moves_taken"] == service["moves"] > 3 for service in found["services"])


def test_a_return_that_nobody_took_is_named(answers):
    first = [a for a in answers if a["licence_type"] == "S-IV"]
    back = max(first, key=lambda a: len(a["clock"]["steps"]))
    straight = min(first, key=lambda a: len(a["clock"]["steps"]))
    back["clock"]["steps"] = copy.deepcopy(straight["clock"]["steps"])
    [wrong] = by_offering(answers)["wrong"]
    assert wrong.startswith("Layanan S-IV: belum ditempuh")


def test_a_file_too_few_and_one_that_is_still_open_are_named(answers):
    answers.remove(next(a for a in answers if a["licence_type"] == "imb"))
    open_one = next(a for a in answers if a["licence_type"] == "siup")
    open_one["standing"] = {"outcome": None, "status": "in_issuance"}
    wrong = by_offering(answers)["wrong"]
    assert wrong == [
        "Jenis izin imb: tidak terbit tepat sekali.",
        "Jenis izin siup: tidak terbit tepat sekali.",
        f"Jenis izin siup: berkas {open_one['application_id']} belum terarsip.",
    ]


def test_the_plan_has_three_files_of_each_service_and_one_of_each_type_and_is_the_same_for_the_same_seed():
    plan = plan_every_offering(7)
    assert [file.number for file in plan] == list(range(1, len(plan) + 1))
    codes = [file.kind[0] for file in plan]
    assert all(codes.count(code) >= 3 for code in service_standards())
    assert all(codes.count(code) == 1 for code in licence_types())
    assert plan == plan_every_offering(7) != plan_every_offering(8)
