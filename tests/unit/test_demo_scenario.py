"""What will happen to each file of the demonstration: mix, fates, dates. All decided before anything runs."""

from collections import Counter
from datetime import date
from itertools import islice
from random import Random

import pytest

from catalogue.office_calendar import office_holidays
from catalogue.yearly_table import mix_2016
from ptsp.demo.desk_diary import DeskDiary
from ptsp.demo.paper_clock import CLOSES, OPENS, PaperClock, moment
from ptsp.demo.scenario import A_DOZEN, PAYING_DAYS, mix, plan, stages
from values.dates import JAKARTA
from values.working_days import is_working_day


@pytest.mark.parametrize("count", [1, 2, 12, 54, 570, 57_025])
def test_the_mix_has_exactly_as_many_files_as_asked_for(count):
    assert sum(mix(count).values()) == count


def test_the_mix_of_570_is_within_one_file_of_2016_at_one_to_a_hundred():
    shares = mix(570)
    for code, sub_kind, printed in mix_2016():
        assert abs(shares.get((code, sub_kind), 0) - printed * 570 / 57_025) < 1


def test_the_same_seed_gives_the_same_year_and_another_seed_another():
    assert plan(60, 7) == plan(60, 7)
    assert plan(60, 7) != plan(60, 8)


def test_every_file_of_the_plan_has_the_kind_the_mix_says():
    assert Counter(file.kind for file in plan(570, 1)) == mix(570)


def test_files_are_numbered_in_the_order_of_their_submission():
    files = plan(100, 3)
    assert [file.number for file in files] == list(range(1, 101))
    assert [file.starts_at for file in files] == sorted(file.starts_at for file in files)


def test_no_demonstration_without_files():
    with pytest.raises(ValueError, match="at least one"):
        plan(0, 1)


@pytest.mark.parametrize("seed", range(5))
def test_with_a_dozen_files_everything_that_can_happen_happens(seed):
    files = plan(A_DOZEN * 4, seed)
    assert {file.ending for file in files} == {"issued", "refused_by_bidang", "refused_by_team", "withdrawn"}
    for happens in ("correction", "declined", "moved", "clash", "payment_repeats", "double_click"):
        assert any(getattr(file, happens) for file in files), happens
    assert any(file.missing or file.wrong for file in files)
    assert any(file.days_to_pay > 30 for file in files)


def test_the_shares_of_570_files_are_those_of_the_scenario():
    files = plan(570, 1)
    endings = Counter(file.ending for file in files)
    assert (endings["withdrawn"], endings["refused_by_bidang"]) == (11, 11)
    lacking = [file for file in files if file.missing or file.wrong]
    assert 0.11 < len(lacking) / 570 < 0.14


@pytest.mark.parametrize("seed", range(3))
def test_what_happens_to_a_file_fits_its_path(seed):
    for file in plan(300, seed):
        assert file.correction + file.moved + file.clash == 0 or file.verified
        assert file.payment_repeats == 0 or (file.paying and file.ending == "issued")
        assert file.ending != "refused_by_team" or (file.verified and not file.correction)
        assert (file.withdrawn_at is not None) == (file.ending == "withdrawn")
        assert file.withdrawn_at is None or file.withdrawn_at in stages(file)
        assert file.withdrawn_at != "requests" or file.missing or file.wrong
        required = {requirement.code for requirement in file.type.required(sub_kind=file.kind[1])}
        assert {*file.missing, *file.wrong} <= required
        assert not set(file.missing) & set(file.wrong)


def test_what_an_applicant_declares_is_what_the_type_accepts():
    for file in plan(570, 1):
        file.type.check_sub_kind(file.kind[1])
        file.type.read_quantities(file.quantities)
        assert file.type.open_on(file.starts_at.date())


def test_files_begin_in_office_hours_of_working_days_of_2016():
    for file in plan(300, 5):
        assert file.starts_at.year == 2016
        assert is_working_day(file.starts_at.date(), office_holidays())
        assert OPENS <= file.starts_at.time() <= CLOSES


def test_who_pays_in_time_has_days_to_spare_over_the_longest_holidays():
    clock = PaperClock(moment(date(2016, 6, 30), Random(1)), Random(1))
    signed = clock.now.date()
    clock.days(PAYING_DAYS[1], PAYING_DAYS[1])
    assert (clock.now.date() - signed).days <= 30


def test_paper_time_only_goes_forward_and_stays_in_office_hours():
    clock = PaperClock(moment(date(2016, 1, 4), Random(2)), Random(2))
    before = clock.now
    for step in range(200):
        clock.minutes(1, 400) if step % 3 else clock.days(0, 4)
        assert clock.now >= before
        assert is_working_day(clock.now.date(), office_holidays())
        assert OPENS <= clock.now.time() <= CLOSES
        before = clock.now


def test_nobody_is_noted_in_the_diary_twice_at_one_time():
    diary, rng = DeskDiary(), Random(1)
    after = moment(date(2016, 3, 1), rng)
    taken = []
    for number in range(40):
        starts_at = next(diary.free(["a", "b"] if number % 2 else ["b"], after, rng))
        diary.take(["a", "b"] if number % 2 else ["b"], starts_at, f"file-{number}")
        taken.append(starts_at)
    assert len({t.astimezone(JAKARTA) for t in taken}) == 40
    assert all(abs((one - other).total_seconds()) >= 3600 for one in taken for other in taken if one is not other)


def test_an_hour_that_is_given_back_is_free_again_only_where_it_was_ones_own():
    diary, rng = DeskDiary(), Random(1)
    after = moment(date(2016, 3, 1), rng)
    starts_at = next(islice(diary.free(["a"], after, rng), 1))
    diary.take(["a"], starts_at, "mine")
    diary.give_back(["a"], starts_at, "somebody else's")
    assert diary.somebody_taken(["a"], after, "another") == starts_at
    assert diary.somebody_taken(["a"], after, "mine") is None
    diary.give_back(["a"], starts_at, "mine")
    assert diary.somebody_taken(["a"], after, "another") is None
