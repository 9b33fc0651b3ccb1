"""The bank's statement: looked at before anything is kept, taken in once, taken back as a whole."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import retribution
from contracts.documents import example
from services.retribution import balancing, cash, ledger, statement_store, statements, store
from services.retribution.posting import received
from services.retribution.statement_lines import read_statement
from tests.assessed import Assessed
from tests.builders import NOW, Drawers, on, order, refused
from tests.statements import HEAD, file_of, line, preview, take_in, undo
from tests.unit.test_rooms_refunds import assign, propose, total, waiting

DUE = 140_625
ALL = (date(2016, 1, 1), date(2016, 12, 31))


@pytest.fixture
def file() -> Assessed:
    return Assessed().demanded()


def code(file: Assessed) -> str:
    return file.record.skrd.payment_code


def in_all(drawers: Drawers) -> int:
    """All money that the ledger has received."""
    return sum(received(amounts) for sums in ledger.days(drawers, *ALL).values() for amounts in sums.values())


def test_the_preview_says_of_each_line_what_would_become_of_it_and_keeps_nothing(file):
    file.pay(100, "BJB-0001")
    file.pay(200, "BJB-0002")
    before = dict(file.drawers.documents)
    told = preview(
        file.drawers,
        line("BJB-0001", code(file), 100),
        line("BJB-0002", code(file), 201),
        line("BJB-0003", f"SKRD {code(file)} lunas", 300),
        line("BJB-0004", "201600999999", 400),
        line("BJB-0005", "bunga bank", 5),
        line("BJB-0006", "STS-2016-00001", 600),
        line("BJB-0007", "biaya", 700, direction="keluar"),
        line("BJB-0003", code(file), 300),
    )
    assert [each["becomes"] for each in told["lines"]] == [
        *("known", "other", "new", "unknown_code", "unknown_code", "deposit", "outgoing", "known"),
    ]
    assert (told["brings"], told["already"], told["unreadable"]) == (705, None, [])
    assert file.drawers.documents == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ("2016-02-30,BJB-0001,x,100,masuk", "tanggal"),
        ("15/03/2016,BJB-0001,x,100,masuk", "tanggal"),
        ("2016-12-01,BJB-0001,x,100,masuk", "tanggal"),
        ("2016-03-10,B,x,100,masuk", "referensi"),
        ("2016-03-10,BJB-😀01,x,100,masuk", "referensi"),
        (f"2016-03-10,BJB-0001,{'x' * 201},100,masuk", "keterangan"),
        ("2016-03-10,BJB-0001,x,100.000,masuk", "jumlah"),
        ("2016-03-10,BJB-0001,x,-100,masuk", "jumlah"),
        ("2016-03-10,BJB-0001,x,0,masuk", "jumlah"),
        ("2016-03-10,BJB-0001,x,٣,masuk", "jumlah"),
        ("2016-03-10,BJB-0001,x,100,kredit", "arah"),
        ("2016-03-10,BJB-0001,x,100", ""),
        ('2016-03-10,"BJB-0001,x,100,masuk', ""),
        ("", ""),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_number_and_field_and_nothing_is_kept(file, wrong, field):
    lines = (line("BJB-0009", code(file), 1), wrong, line("BJB-0010", code(file), 1))
    [bad] = preview(file.drawers, *lines)["unreadable"]
    assert (bad["number"], bad["field"]) == (3, field) and len(bad["reason"]) > 5
    no = refused("unreadable_statement", lambda: take_in(file.drawers, *lines))
    assert "baris 3" in no.message and file.record.payments == []


@pytest.mark.parametrize("content", ["", HEAD, f"{HEAD}\n", "tanggal,jumlah\n2016-03-10,1\n", file_of(*["x"] * 2_001)])
def test_what_is_no_statement_at_all_is_refused_with_the_form_it_should_have(content):
    no = refused("not_a_statement", lambda: read_statement(content, NOW.date()))
    assert no.field == "content" and "keterangan" in no.remedy


def test_what_was_notified_is_matched_and_what_was_not_becomes_a_payment_with_its_outcome(file):
    file.pay(100_000, "BJB-0001")
    lines = (
        line("BJB-0001", code(file), 100_000),
        line("BJB-0002", code(file), 40_625),
        line("BJB-0003", "201600999999", 7),
    )
    told = take_in(file.drawers, *lines)
    assert (told["number"], told["outcomes"]) == ("RK-2016-00001", {"matched": 1, "unknown_code": 1})
    assert file.record.paid == DUE and file.record.receipt_number == "TBP-2016-00001"
    assert len(file.drawers.heard(retribution.SkrdPaid)) == 1
    assert in_all(file.drawers) == DUE + 7 and balancing.unbalanced(file.drawers, *ALL) == []


def test_the_same_file_is_the_same_import_however_its_lines_end_and_whatever_it_is_called(file):
    lines = (line("BJB-0001", code(file), 100),)
    take_in(file.drawers, *lines, times=2)
    again = order(
        retribution.ImportStatement, name="lain.csv", content="\ufeff" + file_of(*lines).replace("\n", "\r\n")
    )
    answer = file.drawers.ask(statements.take_in, again, "treasurer")
    assert (answer["number"], answer["repeated"], answer["name"]) == ("RK-2016-00001", True, "koran.csv")
    assert file.record.paid == 100 and preview(file.drawers, *lines)["already"] == "RK-2016-00001"


def test_an_overlapping_statement_brings_only_what_is_new(file):
    take_in(file.drawers, line("BJB-0001", code(file), 100))
    told = take_in(file.drawers, line("BJB-0001", code(file), 100), line("BJB-0002", code(file), 50))
    assert told["counts"] == {"known": 1, "new": 1} and file.record.paid == 150


def test_another_amount_under_a_known_reference_changes_nothing(file):
    file.pay(100, "BJB-0001")
    assert take_in(file.drawers, line("BJB-0001", code(file), 101))["counts"] == {"other": 1}
    assert file.record.paid == 100


def test_money_before_the_file_stood_for_assessment_is_refused_and_said(file):
    told = take_in(file.drawers, line("BJB-0001", code(file), 100, "2016-03-01"))
    assert told["outcomes"] == {"refused": 1} and file.record.paid == 0
    assert "lebih awal" in statement_store.lines_of(file.drawers, told["number"])[0]["reason"]


def test_a_line_without_a_code_is_kept_for_the_treasurer_and_finds_its_file_when_the_bank_tells_of_it(file):
    take_in(file.drawers, line("BJB-0001", "transfer", DUE))
    assert store.payment(file.drawers, "BJB-0001")["outcome"] == "unknown_code"
    said = preview(file.drawers, line("BJB-0001", f"transfer {code(file)}", DUE))["lines"][0]["becomes"]
    assert said == "new" and file.pay(DUE, "BJB-0001")["outcome"] == "matched"
    assert file.record.paid == DUE == in_all(file.drawers) and balancing.unbalanced(file.drawers, *ALL) == []


def test_undoing_takes_back_what_the_import_alone_had_brought_by_counter_entries(file):
    file.pay(100, "BJB-0001")
    lines = (line("BJB-0001", code(file), 100), line("BJB-0002", code(file), DUE), line("BJB-0003", "x", 7))
    number = take_in(file.drawers, *lines)["number"]
    undone = undo(file.drawers, number)
    assert (undone["taken_back"], undone["amount"], undone["left"]) == (2, DUE + 7, 1)
    assert undone["files"] == [file.file]
    record = file.record
    assert record.paid == 100 and record.settled_at is None and record.account.principal_left == DUE - 100
    assert [each.bank_reference for each in record.taken_back] == ["BJB-0002"]
    assert "Berkas rekening lain" in record.history[-1].note
    assert in_all(file.drawers) == 100 and balancing.unbalanced(file.drawers, *ALL) == []
    received_then = ledger.days(file.drawers, date(2016, 3, 10), date(2016, 3, 10))["2016-03-10"]
    assert sum(map(received, received_then.values())) == 100 + DUE + 7  # the day itself stays as it was
    entries = cash.cash_book(file.drawers, retribution.CashBookOf(day=NOW.date()))["entries"]
    assert sorted(each["bank"] for each in entries) == [-DUE, -7]
    assert undo(file.drawers, number)["repeated"] is True


def test_money_that_the_bank_told_of_since_stays_when_the_import_is_undone(file):
    number = take_in(file.drawers, line("BJB-0001", code(file), 100))["number"]
    file.pay(100, "BJB-0001")
    assert undo(file.drawers, number)["left"] == 1 and file.record.paid == 100


def test_money_in_two_statements_goes_with_the_last_of_them(file):
    first = take_in(file.drawers, line("BJB-0001", code(file), 100))["number"]
    second = take_in(file.drawers, line("BJB-0001", code(file), 100), line("BJB-0002", code(file), 1))["number"]
    undo(file.drawers, first)
    assert file.record.paid == 101
    undo(file.drawers, second)
    assert file.record.paid == 0 == in_all(file.drawers)


@pytest.mark.parametrize("text", ["code", "tanpa kode"])
def test_an_undone_file_can_be_imported_again_and_undone_again(file, text):
    lines = (line("BJB-0001", code(file) if text == "code" else text, 100),)
    numbers = []
    for _ in range(3):
        told = take_in(file.drawers, *lines)
        numbers.append(told["number"])
        assert in_all(file.drawers) == 100 and not told["repeated"]
        undo(file.drawers, told["number"])
        assert in_all(file.drawers) == 0 and balancing.unbalanced(file.drawers, *ALL) == []
    assert numbers == ["RK-2016-00001", "RK-2016-00002", "RK-2016-00003"]
    assert file.pay(100, "BJB-0001")["repeated"] is False
    assert in_all(file.drawers) == 100 and balancing.unbalanced(file.drawers, *ALL) == []


def test_what_is_unknown_cannot_be_undone():
    refused("unknown_statement", lambda: undo(Drawers(), "RK-2016-00009"))


def test_the_treasurers_own_deposit_is_no_payment():
    drawers = Drawers()
    made = Assessed(drawers=drawers).demanded()
    made.pay(DUE, "KAS-0001", channel="treasurer")
    fields = {"day": date(2016, 3, 11), "amount": DUE, "reference": "SLIP-0001", "proof": example("attachment")}
    drawers.ask(cash.record_deposit, order(retribution.RecordDeposit, **fields), "treasurer")
    told = take_in(drawers, line("SLIP-0001", "setoran tunai", DUE, "2016-03-11"))
    assert told["counts"] == {"deposit": 1} and in_all(drawers) == DUE


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 120_000), min_size=1, max_size=4), st.data())
def test_any_order_and_repetition_of_notifications_and_statement_lines_ends_with_the_same_balance(amounts, data):
    file = Assessed().demanded()
    tellings = []
    for n, amount in enumerate(amounts):
        reference, at = f"BJB-{n:04d}", on(3, 10 + n)
        text = data.draw(st.sampled_from([code(file), "transfer"])) if n else code(file)
        tellings += [("notified", reference, amount, at, ""), ("stated", reference, amount, at, text)]
        if n and text == "transfer":
            tellings.append(("notified", reference, amount, at, ""))
    again = data.draw(st.lists(st.sampled_from(tellings), max_size=6))
    for how, reference, amount, at, text in data.draw(st.permutations(tellings + again)):
        if how == "notified":
            file.pay(amount, reference, at)
        else:
            take_in(file.drawers, line(reference, text, amount, f"{at:%Y-%m-%d}"))
    record = file.record
    assert record.paid == sum(amounts) == in_all(file.drawers)
    assert record.overpaid == max(0, sum(amounts) - DUE)
    assert sorted(p.bank_reference for p in record.payments) == [f"BJB-{n:04d}" for n in range(len(amounts))]
    assert len(file.drawers.heard(retribution.SkrdPaid)) == (sum(amounts) >= DUE)
    assert balancing.unbalanced(file.drawers, *ALL) == []


def test_money_that_was_given_to_a_file_since_is_not_taken_back(file):
    number = take_in(file.drawers, line("BJB-0001", "201600999999", 100))["number"]
    assign(file.drawers, "BJB-0001", 40, code(file))
    no = refused("money_used", lambda: undo(file.drawers, number))
    assert "BJB-0001" in no.message and no.remedy and file.record.paid == 40


@pytest.mark.parametrize("paid_as", ["its file's", "nobody's"])
def test_money_that_goes_back_to_its_payer_is_not_taken_back(file, paid_as):
    text = code(file) if paid_as == "its file's" else "tanpa kode"
    number = take_in(file.drawers, line("BJB-0001", text, DUE + 5))["number"]
    propose(file.drawers, "BJB-0001", 5)
    refused("money_used", lambda: undo(file.drawers, number))


def test_money_that_was_taken_back_waits_for_nobodys_decision(file):
    lines = (line("BJB-0001", "x", 100), line("BJB-0002", code(file), DUE + 5))
    number = take_in(file.drawers, *lines)["number"]
    assert [reference for reference, *_ in waiting(file.drawers)] == ["BJB-0001", "BJB-0002"]
    undo(file.drawers, number)
    assert waiting(file.drawers) == [] and total(file.drawers)["received"] == 0


def test_money_without_a_code_that_was_given_to_a_file_is_not_counted_again_when_the_bank_tells_of_it(file):
    take_in(file.drawers, line("BJB-0001", "transfer", 100))
    assign(file.drawers, "BJB-0001", 100, code(file))
    assert file.pay(100, "BJB-0001")["repeated"] is True
    refused("conflicting_repeat", lambda: file.pay(101, "BJB-0001"))
    assert file.record.paid == 100 == in_all(file.drawers)
