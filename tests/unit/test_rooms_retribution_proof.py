"""Every stored nota gives the same rupiah again, and one that does not is found; what other tariffs would change."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.reading import DATA
from catalogue.tariff_book import read_tariffs, tariff_book
from contracts import retribution
from services.retribution import proving, store
from services.retribution.proof import NotaDiffers, differences
from tests.assessed import Assessed
from tests.builders import Drawers, on, refused

NIGHT = datetime(2016, 11, 30, 19, 0, tzinfo=on(1, 1).tzinfo)


def signed(**more) -> Assessed:
    return Assessed(**more).prepare().sign_nota()


def tamper(file: Assessed, change) -> None:
    def falsify(book):
        record = store.find(book, file.file)
        change(record)
        store.save(book, record)

    file.drawers.let(falsify)


def line_up(record):
    record.nota.lines[0].amount += 25_000


def tariff_down(record):
    record.nota.lines[0].tariff -= 500


def total_up(record):
    record.nota.total += 1


def larger_house(record):
    record.quantities["luas_m2"] = "200.00"


def lost_row(record):
    record.nota.lines[0].tariff_row = "imb-nobody-knows"


def skrd_down(record):
    record.skrd.amount -= 1


@settings(max_examples=40, deadline=None)
@given(st.decimals("1.00", "50000.00", places=2).map(str))
def test_a_note_gives_the_same_rupiah_again(area):
    file = signed(quantities={"luas_m2": area, "waktu": "tetap"})
    assert differences(file.record) == []


@pytest.mark.parametrize("change", [line_up, tariff_down, total_up, larger_house, lost_row, skrd_down])
def test_a_note_that_was_tampered_with_is_found_and_told_by_how_much(change):
    file = signed().issue()
    tamper(file, change)
    found = differences(file.record)
    assert found and all(each.stored != each.again for each in found)
    answer = proving.recompute_month(file.drawers, retribution.RecomputeNota(month="2016-03"))
    assert answer["checked"] == 1 and answer["different"][0]["number"] == "NP-2016-00001"
    if change is line_up:
        assert answer["different"][0]["differences"][0]["said"] == (
            "baris 1: tersimpan Rp 165.625, dihitung ulang Rp 140.625 (selisih -Rp 25.000)"
        )


def test_a_month_is_asked_for_alone():
    file = signed()
    asked = retribution.RecomputeNota(month="2016-04")
    assert proving.recompute_month(file.drawers, asked)["checked"] == 0
    march = proving.recompute_month(file.drawers, retribution.RecomputeNota(month="2016-03"))
    assert march == {"month": "2016-03", "checked": 1, "total": 140_625, "different": []}


def prove(drawers: Drawers, at: datetime) -> list[str]:
    """What the nightly look does; the keys of what failed, as the watch would note it for the operators."""
    drawers.now, failed = at, []
    for due in proving.nightly(drawers):
        try:
            drawers.let(due.act)
        except NotaDiffers as trouble:
            failed.append(f"{due.key} {trouble}")
    return failed


def test_all_notes_are_proven_once_a_night_and_one_that_differs_is_a_trouble_until_it_agrees():
    drawers = Drawers()
    files = [signed(file=f"file-{n:04d}", drawers=drawers) for n in range(1, 6)]
    assert prove(drawers, NIGHT.replace(hour=0)) == [], "not before one o'clock"
    assert store.proof(drawers, "2016-11-30") is None
    tamper(files[2], line_up)
    [said] = prove(drawers, NIGHT)
    assert said.startswith("recompute:file-0003 NP-2016-00003: baris 1: tersimpan Rp 165.625")
    assert store.proof(drawers, "2016-11-30") == {
        "_id": "2016-11-30", "night": "2016-11-30", "checked": 5, "different": ["file-0003"],
    }  # fmt: skip
    assert prove(drawers, NIGHT) == [], "once a night"
    assert len(prove(drawers, NIGHT.replace(month=12, day=1))) == 1
    tamper(files[2], lambda record: setattr(record.nota.lines[0], "amount", 140_625))
    drawers.now = NIGHT.replace(month=12, day=2)
    keys = [due.key for due in proving.nightly(drawers)]
    assert keys == ["recompute:file-0003", "recomputed:2016-12-02"], "done again, so that its trouble is taken back"
    assert prove(drawers, drawers.now) == [] and store.last_proof(drawers)["different"] == []


@pytest.mark.parametrize("unknown", [("waits",), ("nota_in", "waits")])
def test_files_kept_by_an_older_version_are_proven_too_and_found_from_then_on(unknown):
    drawers = Drawers()
    files = [signed(file=f"file-{n:04d}", drawers=drawers) for n in (1, 2)]
    tamper(files[1], line_up)
    Assessed(file="file-0003", drawers=drawers)
    drawers.let(lambda book: store.remember_end(book, "file-0004", "withdrawn"))
    for key, document in list(drawers.documents.items()):
        drawers.documents[key] = {name: value for name, value in document.items() if name not in unknown}
    assert len(prove(drawers, NIGHT)) == 1
    assert store.last_proof(drawers)["checked"] == 2
    assert [each.id for each in store.with_nota_of(drawers, "2016-03")] == ["file-0001", "file-0002"]
    assert [each.id for each in store.without_nota(drawers)] == ["file-0003"] and store.unplanned(drawers) == []


def test_what_another_tariff_would_change_is_told_for_open_files_and_nothing_is_written():
    drawers = Drawers()
    house = Assessed(drawers=drawers)
    Assessed("iptm", "baru", {}, file="file-0002", drawers=drawers)
    signed(file="file-0003", drawers=drawers)
    Assessed(file="file-0004", drawers=drawers).close()
    before = dict(drawers.documents)
    rows = [row.model_dump(mode="json") for row in tariff_book().of("imb")]
    dearer = [row | {"amount": row["amount"] * 2} for row in rows]
    answer = proving.what_if(drawers, retribution.WhatIf(rows=dearer, on=date(2016, 6, 1)))
    assert (answer["checked"], answer["on"]) == (2, "2016-06-01")
    [changed] = answer["changed"]
    assert (changed["application_id"], changed["before"], changed["after"]) == (house.file, 140_625, 281_250)
    assert proving.what_if(drawers, retribution.WhatIf(rows=rows, on=date(2016, 6, 1)))["changed"] == []
    later = [row | {"effective_from": "2020-01-01"} for row in rows]
    [refusal] = proving.what_if(drawers, retribution.WhatIf(rows=later, on=date(2016, 6, 1)))["changed"]
    assert "tarif baru berlaku sejak 1 Januari 2020" in refusal["after"]
    assert drawers.documents == before


def test_a_tariff_row_that_cannot_be_read_is_refused():
    assert refused("bad_tariff", lambda: proving.what_if(Drawers(), retribution.WhatIf(rows=[{"id": "x"}])))


def test_rows_of_a_folder_replace_those_of_the_retributions_they_name_and_no_others():
    rows = read_tariffs(DATA / "tariffs")
    assert {row.id for row in rows} == tariff_book().rows.keys()
    imb = [row for row in rows if row.retribution == "imb"][:1]
    book = tariff_book().replacing(imb)
    assert book.of("imb") == imb and book.of("ho") == tariff_book().of("ho")
