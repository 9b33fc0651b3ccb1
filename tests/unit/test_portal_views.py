"""What the pages show of a file and of a paper, and what guards them: rules without anything running."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from contracts import intake
from contracts.noticeboard import Day, Ended, Licence, Notice, Paper
from portal import tallies
from portal.chart import chart
from portal.file_view import FileView, file_view
from portal.guard import Limiter
from portal.numbers import code_in, tidy_number
from portal.pages.language import own_page
from portal.paper_view import paper_view
from tests.builders import FILE, Counter, fact, on

NOON = on(3, 9, 12)


def shown(counter: Counter, asked: datetime = NOON) -> FileView:
    """The file as the page shows it, from the last that intake told of it."""
    moved = counter.drawers.heard(intake.ApplicationMoved)[-1]
    return file_view(Notice(id=FILE, told_at=asked, handle="P-0123456789AB", resi=moved.resi, moved=moved), asked)


def test_a_file_before_its_resi_has_the_number_of_its_letters_and_no_clock():
    view = shown(Counter())
    assert view.number == "P-0123456789AB" and view.clock is None
    assert (view.holder, view.holder_unit) == ("Petugas Loket", None)


def test_a_registered_file_says_who_holds_it_since_when_and_what_time_is_used():
    counter = Counter()
    counter.tick()
    view = shown(counter, on(3, 4))  # registered on Tuesday 1 March; Wednesday and Thursday are over
    assert view.holder == "Kepala Bidang" and view.holder_unit.startswith("Bidang Pelayanan Pengendalian")
    assert view.since == on(3, 1, 10) and view.stopped is None and view.tone == "moving"
    assert (view.clock.used, view.clock.limit, view.clock.left, view.clock.unit) == (2, 7, 5, "working_day")
    assert view.clock.share == 28 and view.clock.due == counter.record.promised_on


def test_a_file_with_its_applicant_says_why_it_stands_and_until_when_it_is_waited_for():
    counter = Counter()
    counter.tick(npwp_perusahaan="wrong")
    view = shown(counter)
    assert (view.stopped, view.tone) == ("applicant", "yours")
    assert view.answer_by == counter.drawers.heard(intake.ItemsRequested)[-1].answer_by
    assert [stop.state for stop in view.stops][:2] == ["done", "here"]


def test_a_file_past_its_limit_is_late_and_never_more_than_full():
    counter = Counter()
    counter.tick()
    view = shown(counter, on(4, 1))
    assert view.clock.overdue and view.clock.share == 100 and view.clock.left == 0


def test_a_withdrawn_file_is_ended_and_its_story_is_told_from_its_end():
    counter = Counter()
    counter.tick()
    counter.withdraw()
    view = shown(counter)
    assert view.tone == "ended" and view.clock.ended
    assert [entry.what for entry in view.entries] == ["withdrawn", "registered", "submitted"]


def test_waiting_for_the_applicant_is_never_drawn_as_a_step_that_will_come():
    counter, waiting = Counter(), "Menunggu pemohon melengkapi berkas"
    assert waiting not in {stop.name for stop in shown(counter).stops}
    counter.tick(npwp_perusahaan="wrong")
    assert {stop.name: stop.state for stop in shown(counter).stops}[waiting] == "here"
    counter.answer("npwp_perusahaan")  # looked at once more: whether anything is asked again nobody knows
    states = {stop.name: stop.state for stop in shown(counter).stops}
    assert states["Memeriksa kelengkapan berkas"] == "here" and waiting not in states
    counter.tick(on(3, 3))
    assert {stop.name: stop.state for stop in shown(counter).stops}[waiting] == "done"


def test_a_signed_licence_is_not_at_its_end_before_it_was_handed_over():
    counter = Counter()
    counter.tick()
    view = shown(counter)
    signed = replace(view, status="archived", notice=view.notice.model_copy(update={"licence": LICENCE}))
    assert signed.to_collect and signed.words == "Izin terbit, menunggu diambil"
    handed = signed.notice.moved.history[-1].model_copy(update={"what": "handed_over", "at": NOON})
    moved = signed.notice.moved.model_copy(update={"history": [*signed.notice.moved.history, handed]})
    collected = replace(signed, notice=signed.notice.model_copy(update={"moved": moved}))
    assert not collected.to_collect and collected.words == "Selesai dan diarsipkan"


def test_officers_read_who_is_waited_for_and_not_you():
    counter = Counter()
    counter.tick(npwp_perusahaan="wrong")
    view = shown(counter)
    assert "Anda" in view.words and view.office_words == "Menunggu pemohon melengkapi berkas"


# --- papers ----------------------------------------------------------------------------------------------------------

PAPER = Paper(id="K7QF-3M2P-X9DA", kind="licence", number="503/1", sha256="0f" * 32, application_id=FILE)
LICENCE = Licence(
    number="503/1",
    verification_code=PAPER.id,
    sha256="0f" * 32,
    signed_at=datetime(2016, 3, 10, tzinfo=UTC),
    valid_until=date(2021, 3, 9),
)


def checked(today: date, **parts) -> str:
    kept = {"id": FILE, "told_at": NOON, "handle": "P-0", "moved": fact(intake.ApplicationMoved), "licence": LICENCE}
    return paper_view(PAPER, Notice.model_validate(kept | parts), today).standing


def test_a_licence_is_valid_to_its_last_day_then_expired_and_revoked_whatever_the_day():
    assert checked(date(2021, 3, 9)) == "valid"
    assert checked(date(2021, 3, 10)) == "expired"
    assert checked(date(2016, 4, 1), ended=Ended(how="revoked", by=None, at=NOON)) == "revoked"
    assert checked(date(2016, 4, 1), ended=Ended(how="replaced", by="510/2", at=NOON)) == "replaced"
    assert checked(date(2016, 4, 1), suspended_at=NOON) == "suspended"
    assert checked(date(2016, 4, 1), suspended_at=NOON, reinstated_at=NOON) == "valid"
    assert checked(date(2099, 1, 1), licence=LICENCE.model_copy(update={"valid_until": None})) == "valid"


def test_a_paper_whose_file_is_not_known_yet_is_genuine_and_no_more_is_said():
    view = paper_view(PAPER, None, date(2016, 4, 1))
    assert (view.standing, view.holder, view.kind) == ("genuine", None, None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("K7QF-3M2P-X9DA", "K7QF-3M2P-X9DA"),
        ("k7qf 3m2p x9da", "K7QF-3M2P-X9DA"),
        ("K7QF3M2PX9DA", "K7QF-3M2P-X9DA"),
        ("KOIL-3M2P-X9DA", "K011-3M2P-X9DA"),
        ("503/Kep.1-BPPT/III/2016", None),
        ("K7QF-3M2P", None),
        ("", None),
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str, code: str | None):
    assert code_in(typed) == code


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        (" r2016000123 2 ", "R-2016-000123-2"),
        ("R-2016-000123-2", "R-2016-000123-2"),
        ("p0123456789ab", "P-0123456789AB"),
        ("../../etc/passwd", "ETCPASSWD"),
        ("<script>", "SCRIPT"),
        ("///", "-"),
    ],
)
def test_a_number_is_tidied_and_never_becomes_an_address(typed: str, tidy: str):
    assert tidy_number(typed) == tidy


# --- what guards them ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil", "/a\nb", "", "javascript:1"])
def test_the_way_back_is_always_a_page_of_ours(address: str):
    assert own_page(address) == "/"
    assert own_page("/lacak/R-2016-000001-4?x=1") == "/lacak/R-2016-000001-4?x=1"


def test_a_limit_is_per_address_says_how_long_to_wait_and_may_be_switched_off():
    limiter = Limiter(6)
    assert [limiter.wait("a") for _ in range(6)] == [0] * 6
    assert 8 <= limiter.wait("a") <= 10 and limiter.wait("b") == 0
    assert {Limiter(0).wait("a") for _ in range(500)} == {0}


def test_the_bars_of_a_chart_stand_on_one_line_and_fit():
    drawn = chart([("a", 0), ("b", 57_025), ("c", 1)])
    assert {round(bar.y + bar.height, 1) for bar in drawn.bars} == {float(drawn.base)}
    assert all(bar.x + bar.width <= drawn.width for bar in drawn.bars)
    assert drawn.grid[-1][0] >= 57_025 and [value for value, _ in drawn.grid] == sorted(v for v, _ in drawn.grid)


def test_the_portal_runs_without_nameko_and_eventlet():
    code = "import sys, portal.app; print(sorted({'nameko', 'eventlet', 'pyhanko', 'typst'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


# --- figures ---------------------------------------------------------------------------------------------------------


def a_day(text: str, issued: int, received: int = 0, finished: int = 0) -> Day:
    return Day(id=date.fromisoformat(text), issued={"siup": issued}, received=received, finished=finished)


DAYS = [a_day("2016-02-29", 1), a_day("2016-03-01", 2, received=5), a_day("2016-03-31", 4, finished=3)]


@pytest.mark.parametrize(
    ("per", "told"),
    [
        ("hari", {"2016-03-31": 4}),  # thirty days are shown: the first of March is the thirty-first
        ("minggu", {"2016-02-29": 3, "2016-03-28": 4}),
        ("bulan", {"2016-02-01": 1, "2016-03-01": 6}),
        ("tahun", {"2016-01-01": 7}),
    ],
)
def test_every_licence_is_counted_once_in_its_day_week_month_and_year(per: str, told: dict[str, int]):
    last = date(2016, 3, 31)
    rows = tallies.rows_of(per, tallies.within(DAYS, tallies.first_day(per, last), last), last)
    assert {row.begins.isoformat(): row.issued for row in rows if row.issued} == told
    begins = [row.begins for row in rows]
    assert begins == sorted(begins) and begins[-1] <= last and len(rows) <= tallies.SHOWN[per]


def test_a_span_without_anything_still_shows_its_last_days():
    rows = tallies.rows_of("hari", [], date(2016, 3, 31))
    assert [row.begins for row in rows][-1] == date(2016, 3, 31) and len(rows) == tallies.FEWEST["hari"]
