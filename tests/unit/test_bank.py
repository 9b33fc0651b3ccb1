"""The bank's notifications: signed, of now, read strictly; each kind of money has its outcome, whatever is repeated."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import retribution
from contracts.people import Actor
from plumbing.messaging.doors import authorised
from plumbing.messaging.item import Door
from plumbing.statement import Keys, mint, public_key
from services.retribution import bank
from tests.assessed import Assessed
from tests.builders import on, order, refused
from tests.shelf import KEY
from values.refusal import Refusal

SECRET = "between bank and office"
BANK = Actor(id="bank-bjb", role="bank", unit="bank_kas_daerah")
OWED = 140_625


def told(amount: Any, reference: str, code: str, at: datetime | None = None, **changes: Any) -> dict:
    """The words of the bank, on 10 March unless said otherwise."""
    words = {
        "notification_id": f"notice-{reference}",
        "payment_code": code,
        "amount": amount,
        "bank_reference": reference,
        "paid_at": (at or on(3, 10)).isoformat(),
    }
    return words | changes


def notify(file: Assessed, words: dict | str, secret: str = SECRET, late: int = 0, body: str | None = None) -> dict:
    """Send these words, signed now (or `late` seconds ago); `body` is what arrives instead of what was signed."""
    signed = words if isinstance(words, str) else json.dumps(words)
    mark = bank.signature(secret, int(file.drawers.now.timestamp()) - late, signed)
    said = order(retribution.NotifyPayment, body=body or signed, signature=mark)
    return file.drawers.ask(lambda book, it: bank.notified(book, it, SECRET), said, BANK)


@pytest.fixture
def file() -> Assessed:
    demanded = Assessed().demanded()
    demanded.drawers.now = on(3, 11)
    return demanded


@pytest.fixture
def code(file: Assessed) -> str:
    return file.record.skrd.payment_code


def test_each_kind_of_money_has_its_outcome_and_is_kept(file: Assessed, code: str):
    assert notify(file, told(40_625, "BJB-1", code))["outcome"] == "partial"
    assert notify(file, told(100_000, "BJB-2", code))["outcome"] == "matched"
    assert notify(file, told(5_000, "BJB-3", code))["outcome"] == "overpaid"
    assert notify(file, told(7_000, "BJB-4", "999999999999"))["outcome"] == "unknown_code"
    file.close()
    assert notify(file, told(1_000, "BJB-5", code))["outcome"] == "closed_file"
    kept = {doc["_id"]: doc["amount"] for (name, _), doc in file.drawers.documents.items() if name == "payments"}
    assert kept == {"BJB-1": 40_625, "BJB-2": 100_000, "BJB-3": 5_000, "BJB-4": 7_000, "BJB-5": 1_000}


def test_the_same_reference_counts_once_and_with_other_figures_it_is_refused(file: Assessed, code: str):
    first = notify(file, told(OWED, "BJB-1", code))
    again = notify(file, told(OWED, "BJB-1", code), late=60)
    assert (first["repeated"], again["repeated"], again["outcome"]) == (False, True, "matched")
    assert file.record.paid == OWED
    refused("conflicting_repeat", lambda: notify(file, told(OWED + 1, "BJB-1", code)))
    assert file.record.paid == OWED


def test_what_is_not_the_banks_not_of_now_or_was_changed_is_refused_and_nothing_is_kept(file: Assessed, code: str):
    words = told(OWED, "BJB-1", code)
    refused("bad_signature", lambda: notify(file, words, secret="guessed"))
    refused("bad_signature", lambda: notify(file, words, body=json.dumps(words | {"amount": 1})))
    refused("stale", lambda: notify(file, words, late=301))
    refused("stale", lambda: notify(file, words, late=-301))
    assert notify(file, words, late=299)["outcome"] == "matched"
    assert file.record.paid == OWED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": 150_000.0}, "amount"),
        ({"amount": "150.000"}, "amount"),
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": True}, "amount"),
        ({"payment_code": "abc"}, "payment_code"),
        ({"paid_at": "2016-03-10T09:00:00"}, "paid_at"),
        ({"paid_at": "2036-03-10T09:00:00+07:00"}, "paid_at"),
        ({"bank_reference": "x"}, "bank_reference"),
        ({"currency": "IDR"}, "currency"),
    ],
)
def test_words_that_cannot_be_right_are_refused_by_their_field(file: Assessed, code: str, changes: dict, field: str):
    with pytest.raises(Refusal) as no:
        notify(file, told(OWED, "BJB-1", code) | changes)
    assert no.value.field == field
    assert file.record.paid == 0


def test_what_is_no_json_is_refused(file: Assessed):
    for text in ("[]", "{}", "{{", "null", '"text"', "NaN"):
        refused("unreadable", lambda text=text: notify(file, text))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_order_and_any_repetition_ends_in_the_same_balance(data):
    file = Assessed().demanded()
    file.drawers.now = on(3, 20)
    code = file.record.skrd.payment_code
    amounts = data.draw(st.lists(st.integers(1, 200_000), min_size=1, max_size=5))
    sent = [told(a, f"BJB-{n}", code, on(3, 9 + n)) for n, a in enumerate(amounts)]
    for words in data.draw(st.permutations(sent * 3)):
        notify(file, words)
    assert file.record.paid == sum(amounts)
    account = file.record.account
    parts = [each.principal + each.interest + each.excess for each in account.settled]
    assert sorted(parts) == sorted(amounts)
    assert account.overpaid == max(0, sum(amounts) - OWED)


def test_by_way_of_the_portal_the_bank_comes_with_its_signature_only():
    keys = Keys(public_key(KEY), public_key(KEY))
    by_portal = mint(BANK, KEY, by="portal")
    pay = Door("record_payment", retribution.RecordPayment, lambda *_: None, roles=("bank",))
    tell = Door("notify_payment", retribution.NotifyPayment, lambda *_: None, roles=("bank",), proven=True)
    payment = retribution.RecordPayment.make_example()
    notice = order(retribution.NotifyPayment, body="{}", signature="t=1,v1=0")
    now = datetime.now(on(3, 1).tzinfo)
    refused("unauthorised", lambda: authorised(by_portal, pay, now, keys, payment))
    assert authorised(by_portal, tell, now, keys, notice).role == "bank"
