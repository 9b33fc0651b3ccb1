"""Ways through the paths: every outcome of all 21 services is reached, every return included, each step legally."""

from datetime import datetime, timedelta

import pytest

from catalogue.path import ENDS, FINISHED, Path, returns
from catalogue.standards_book import service_standards
from catalogue.walk import position, require_move
from catalogue.ways import EXPIRED, moves, moves_back, way, ways
from values.dates import JAKARTA
from values.happening import Happening

STANDARDS = service_standards()
MORNING = datetime(2020, 3, 9, 8, 30, tzinfo=JAKARTA)
each_service = pytest.mark.parametrize("code", STANDARDS)


def happening(minute: int, what: str, step: str | None = None, outcome: str | None = None) -> Happening:
    at = MORNING + timedelta(minutes=minute)
    return Happening(what=what, at=at, recorded_at=at, cause="c", step=step, outcome=outcome)


@each_service
def test_the_ways_of_a_service_make_every_move_that_its_path_has(code):
    path = STANDARDS[code].path
    found = ways(path)
    assert len(found) >= 3
    made = {move for one in found for move in one}
    drawn = {(step.code, outcome) for step in path.steps for outcome in step.outcomes}
    assert drawn - made == {(step.code, EXPIRED) for step in path.steps if EXPIRED in step.outcomes}
    assert {(step, outcome) for step, outcome, _ in returns(path.steps)} <= set(moves_back(path)) <= made


@each_service
def test_every_move_of_every_way_is_accepted_and_the_last_one_ends_the_file(code):
    path = STANDARDS[code].path
    for one in ways(path):
        history = [happening(0, "submitted")]
        for minute, (step, outcome) in enumerate(one, start=1):
            require_move(path, history, step, outcome, path[step].actor)
            history.append(happening(minute, "step_taken", step, outcome))
        assert position(path, history).end in ENDS


@each_service
def test_the_first_way_goes_straight_to_the_end_and_never_back(code):
    path = STANDARDS[code].path
    straight = ways(path)[0]
    assert path[straight[-1][0]].outcomes[straight[-1][1]] == FINISHED
    assert not set(straight) & set(moves_back(path))


def test_as_many_ways_as_are_asked_for_share_the_detours():
    path = STANDARDS["S-XII"].path
    assert [len(ways(path, least)) for least in (3, 6)] == [3, 6]
    assert max(map(len, ways(path, 6))) < max(map(len, ways(path, 3)))


def test_each_outcome_that_ends_a_file_has_a_way_of_its_own():
    def step(code: str, **outcomes: str) -> dict:
        return {"code": code, "act": "prepare", "name": f"Langkah {code}", "actor": "clerk", "outcomes": outcomes}

    path = Path(steps=[step("a", on="b", no="refused", never="refused"), step("b", done="finished", bad="refused")])
    found = ways(path, 1)
    assert {move for one in found for move in one} == set(moves(path))
    assert sorted(one[-1] for one in found) == [("a", "never"), ("a", "no"), ("b", "bad"), ("b", "done")]


def test_where_no_way_leads_there_is_none():
    path = STANDARDS["S-XIII"].path
    with pytest.raises(ValueError, match="no way from deliver"):
        way(path, "deliver", path.first.code)
