"""The demonstration's report: what does not add up is named in words, and nothing else is."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from contracts import intake
from plumbing.messaging.account import Account
from plumbing.object_store import Missing
from ptsp.demo import numerals, page
from ptsp.demo.checks import discrepancies
from ptsp.demo.desk_diary import DeskDiary
from ptsp.demo.driver import Run
from ptsp.demo.gather import FileOnRecord, Findings, Money, SeriesOnRecord
from ptsp.demo.life import Life, World
from ptsp.demo.report import build, table
from ptsp.demo.scenario import plan
from ptsp.demo.sites import Sites, compare

BEGAN = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
RUN = "0a1b2c3d"


@pytest.fixture
def run() -> Run:
    """Three files that went through: two issued, one of them paid for, one withdrawn."""
    world = World(RUN, caller=None, actors=None, diary=DeskDiary(), keep=None, counter=None)
    lives = [Life(each, world, step="selesai") for each in plan(3, 1)]
    for life, outcome in zip(lives, ("issued", "issued", "withdrawn"), strict=True):
        life.belief.outcome, life.belief.handed_over = outcome, outcome == "issued"
    lives[0].belief.nota = lives[0].belief.paid = 140_625
    lives[0].belief.repeats_said = 1
    return Run(RUN, lives, Counter(answered=40))


@pytest.fixture
def found(run: Run) -> Findings:
    """Records that agree with the run."""
    files = [
        FileOnRecord(life.id, life.plan.kind, life.belief.outcome, True, life.belief.handed_over, 0)
        for life in run.lives
    ]
    money = Money(notas=1, assessed=140_625, skrd=1, demanded=140_625, paid_files=1, paid=140_625, payments=1)
    money.repeats_suppressed = 1
    money.paid_by_file = {run.lives[0].id: (140_625, False)}
    return Findings(
        files=files,
        money=money,
        series=[SeriesOnRecord("intake", "resi/2016", 2, 2, [], [])],
        times={"Seluruhnya": [1.0, 2.0, 4.0]},
        first=BEGAN,
        last=BEGAN + timedelta(seconds=6),
        said=Counter(ApplicationSubmitted=3),
        account=Account(events_said=50, effects=70, duplicates=2),
        sites=Sites(wanted=9, primary=9, second=9),
        letters=Counter(sent=12),
    )


def test_when_everything_agrees_nothing_is_said(found, run):
    assert discrepancies(found, run, Account()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"account": Account(lost=2)}, "2 pesan hilang"),
        ({"account": Account(doubled=1)}, "1 akibat terjadi dua kali"),
        ({"account": Account(parked=3)}, "3 pesan diparkir"),
        ({"account": Account(discarded=1)}, "1 pesan dibuang"),
        ({"account": Account(waiting=4)}, "4 pesan masih menunggu"),
        ({"account": Account(gaps=1)}, "1 nomor kosong"),
        ({"series": [SeriesOnRecord("intake", "resi/2016", 3, 2, [2], [])]}, "nomor 2 tidak pernah diberikan"),
        ({"series": [SeriesOnRecord("intake", "resi/2016", 2, 3, [], [1])]}, "nomor 1 diberikan lebih dari sekali"),
        ({"letters": Counter(sent=11, refused=1)}, "1 surat elektronik ditolak"),
        ({"sites": Sites(9, 9, 8, missing_second=1)}, "1 dokumen tidak ada di lokasi kedua"),
        ({"sites": Sites(9, 8, 9, missing_primary=1)}, "1 dokumen tidak ada di lokasi utama"),
        ({"sites": Sites(9, 9, 9, mismatches=1)}, "1 dokumen berbeda"),
        ({"sites": Sites(9, 9, 9, unbundled=1)}, "tidak termasuk dalam bundel"),
    ],
)
def test_what_is_wrong_with_the_bus_the_numbers_or_the_sites_is_named(found, run, change, said):
    (line,) = discrepancies(replace(found, **change), run, Account())
    assert said in line


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"archived": False}, "belum terarsip"),
        ({"outcome": "refused"}, "menurut pelaku issued, menurut catatan refused"),
        ({"outcome": None}, "berjumlah 2, bukan 3"),
        ({"handed_over": False}, "penyerahan"),
        ({"rounds": 2}, "putaran"),
        ({"kind": ("imb", "perumahan")}, "diajukan 0, tercatat 1"),
    ],
)
def test_a_file_that_stands_otherwise_than_its_people_believe_is_named(found, run, change, said):
    files = [replace(found.files[0], **change), *found.files[1:]]
    assert any(said in line for line in discrepancies(replace(found, files=files), run, Account()))


def test_a_file_that_is_not_on_record_is_named(found, run):
    lines = discrepancies(replace(found, files=found.files[1:]), run, Account())
    assert "Diajukan 3 permohonan, tercatat 2." in lines
    assert f"Permohonan {run.lives[0].id} tidak tercatat." in lines


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"assessed": 140_626}, "Ketetapan menurut pelaku Rp 140.625"),
        ({"repeats_suppressed": 0}, "Bank mengulang 1 pembayaran"),
        ({"payments": 2}, "1 pembayaran dilakukan, 2 tercatat"),
        ({"overpaid": 5}, "lebih bayar Rp 5"),
        ({"outstanding": 7}, "terutang Rp 7"),
        ({"paid_by_file": {}}, "bayar dan terlambat"),
    ],
)
def test_money_that_differs_is_named(found, run, change, said):
    (line,) = discrepancies(replace(found, money=replace(found.money, **change)), run, Account())
    assert said in line


def test_files_that_hang_are_named_with_their_step(found, run):
    run.standstill, run.lives[2].step = True, "menunggu pembayaran"
    lines = discrepancies(found, run, Account())
    assert any(run.lives[2].id in line and "menunggu pembayaran" in line for line in lines)


def test_a_failure_is_named_with_its_reason(found, run):
    run.failures[run.lives[1].id] = "penyerahan: wrong_state: …"
    assert any("terhenti: penyerahan: wrong_state" in line for line in discrepancies(found, run, Account()))


def test_the_report_has_every_figure_and_counts_only_this_run(found, run):
    report = build(found, run, Account(events_said=20, effects=30), seed=1)
    assert report["adds_up"] is True
    assert (report["applications"], report["issued"], report["refused"], report["withdrawn"]) == (3, 2, 0, 1)
    assert (report["events_said"], report["effects"]) == (30, 40)
    assert (report["seconds"], report["lifecycles_per_second"], report["in_process"]) == (6.0, 0.5, 0)
    assert (report["objects_primary"], report["objects_dr"], report["hash_mismatches"]) == (9, 9, 0)
    assert (report["lost"], report["doubled"], report["parked"], report["number_gaps"]) == (0, 0, 0, 0)
    assert report["steps"] == [{"name": "Seluruhnya", "count": 3, "p50": 2.0, "p95": 3.8}]


def test_the_table_holds_all_66_types_and_adds_up_to_2016(found):
    rows = table(found.files, 3)
    assert [row["number"] for row in rows] == list(range(1, 67))
    assert sum(row["in_2016"] for row in rows) == 57_025
    assert sum(row["wanted"] for row in rows) == sum(row["applications"] for row in rows) == 3
    for row in rows:
        if row["sub_kinds"]:
            assert sum(part["in_2016"] for part in row["sub_kinds"]) == row["in_2016"]


def test_the_page_stands_alone_and_hides_nothing(found, run):
    run.failures["<b>x</b>"] = "penyerahan"
    html = page.render(build(found, run, Account(), seed=1))
    assert not re.search(r"(?:src|href)\s*=|https?://|<script|@import|url\(", html)
    assert "&lt;b&gt;x&lt;/b&gt;" in html and "1 hal tidak cocok" in html
    assert "57.025" in html and "Rp 140.625" in html
    assert '<html lang="id">' in html


def test_figures_are_written_as_indonesians_write_them():
    assert numerals.whole(57_025) == "57.025"
    assert numerals.decimal(1234.5) == "1.234,5"
    assert [numerals.seconds(s) for s in (0.181, 12.44, 200)] == ["0,18 detik", "12,4 detik", "3 menit 20 detik"]


def test_both_sites_are_compared_object_by_object():
    def site(**stored: str) -> SimpleNamespace:
        def digest_of_stored(name: str) -> str:
            if name not in stored:
                raise Missing(name)
            return stored[name]

        return SimpleNamespace(digest_of_stored=digest_of_stored)

    sites = compare(site(a="1", b="2", c="3"), site(a="1", b="9", d="4"), dict.fromkeys("abcd", "file"))
    assert (sites.wanted, sites.primary, sites.second) == (4, 3, 3)
    assert (sites.mismatches, sites.missing_primary, sites.missing_second) == (1, 1, 1)
    assert sites.named["mismatches"] == ["b (file)"]


def test_a_fact_heard_again_is_recognised_and_every_id_begins_with_the_run(run):
    life = run.lives[0]
    event = intake.ApplicationRefused.make_example()
    assert life.hear("e-1", event) is True
    assert life.hear("e-1", event) is False
    ids = {life.id, *(life.world.id_of(life.plan.number, step) for step in ("submit", "check:1"))}
    assert len(ids) == 3 and all(re.fullmatch(RUN + r"-[0-9a-f-]{27}", id) for id in ids)
    assert life.world.id_of(1, "submit") == life.world.id_of(1, "submit")
