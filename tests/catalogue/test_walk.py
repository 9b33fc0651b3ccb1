"""Every path of the office, walked at random: no file is ever without a next step, an end, or a person who has it."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.licences import licence_types
from catalogue.office import organisation
from catalogue.path import ENDS, FINISHED, returns
from catalogue.standards_book import service_standards
from catalogue.walk import position, require_move, stays
from catalogue.ways import way
from tests.builders import happened
from values.dates import JAKARTA
from values.refusal import Refusal

PATHS = {code: kind.path for code, kind in licence_types().items()}
LICENCES = len(PATHS)
PATHS |= {code: standard.path for code, standard in service_standards().items()}
START = datetime(2020, 3, 9, 8, tzinfo=JAKARTA)


def moved(step: str | None, outcome: str | None, minute: int):
    return happened("moved", START + timedelta(minutes=minute)).model_copy(update={"step": step, "outcome": outcome})


PATHS |= {f"{code}_copy": kind.path_for("copy") for code, kind in licence_types().items()}


def test_there_are_87_services_and_each_has_its_path():
    assert (LICENCES, len(service_standards())) == (66, 21)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(PATHS)), st.data())
def test_legal_moves_never_lead_into_nothing_and_the_clock_never_runs_backwards(code, data):
    path, history, minute = PATHS[code], [moved(None, None, 0)], 0
    for _ in range(data.draw(st.integers(0, 25))):
        here = position(path, history)
        if here.step is None:
            assert here.end in ENDS
            break
        assert here.step.outcomes and here.step.actor in organisation().roles
        outcome = data.draw(st.sampled_from(sorted(here.step.outcomes)))
        if outcome in here.step.choices:
            require_move(path, history, here.step.code, outcome, here.step.actor)
        else:
            with pytest.raises(Refusal):  # the clock's, nobody's
                require_move(path, history, here.step.code, outcome, here.step.actor)
        minute += data.draw(st.integers(-30, 300))
        history.append(moved(here.step.code, outcome, max(minute, 0)))
        after = position(path, history)
        assert after.since >= here.since
        target = here.step.outcomes[outcome]
        assert (after.end or after.step.code) == target
    walked = stays(path, history)
    assert all(earlier.ended == later.began for earlier, later in pairwise(walked))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(PATHS)), st.data())
def test_whoever_is_not_meant_and_whatever_is_out_of_turn_is_refused_with_what_was_expected(code, data):
    path = PATHS[code]
    step = data.draw(st.sampled_from(path.steps))
    history = [moved(None, None, 0)]
    history += [
        moved(here, outcome, n) for n, (here, outcome) in enumerate(way(path, path.first.code, step.code), start=1)
    ]
    assert position(path, history).step == step
    other = data.draw(st.sampled_from([s.code for s in path.steps if s.code != step.code]))
    stranger = data.draw(st.sampled_from([role for role in organisation().roles if role != step.actor]))
    right = next(iter(step.outcomes))
    for wrong, expected in (
        ((other, right, step.actor), "wrong_step"),
        ((step.code, right, stranger), "wrong_role"),
        ((step.code, "shrugged", step.actor), "unknown_outcome"),
    ):
        with pytest.raises(Refusal) as no:
            require_move(path, history, *wrong)
        assert no.value.code == expected and step.name in no.value.message


@pytest.mark.parametrize("code", PATHS)
def test_every_step_is_reached_and_from_every_step_somebody_can_bring_the_file_to_its_end(code):
    path = PATHS[code]
    for step in path.steps:
        way(path, path.first.code, step.code)
        assert organisation().roles[step.actor].name
        assert way(path, step.code, FINISHED)


def test_most_services_can_be_sent_back_and_the_way_back_is_walked():
    with_returns = [code for code, path in PATHS.items() if returns(path.steps)]
    assert len(with_returns) > 80
    path = PATHS["imb"]
    there_and_back = [("completeness", "incomplete"), ("completing", "answered")] * 3
    history = [moved(None, None, 0), *(moved(step, outcome, n) for n, (step, outcome) in enumerate(there_and_back))]
    assert position(path, history).visit == 4


def test_a_closed_file_moves_no_more():
    path = PATHS["siup"]
    history = [moved(None, None, 0), moved(None, "withdrawn", 1), moved("completeness", "complete", 2)]
    assert position(path, history).end == "withdrawn"
    with pytest.raises(Refusal, match="selesai"):
        require_move(path, history, "completeness", "complete", "counter")
