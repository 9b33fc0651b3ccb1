"""Who paid money that is nobody's is told that it goes back: by mail where an address is known, else by other ways."""

import pytest
from pydantic import ValidationError

from contracts import notification, retribution
from services.notification import actions, demands
from services.retribution import refund_printing, refund_store, refunds, waiting_money
from tests.assessed import Assessed
from tests.builders import Drawers, Papers, fact, on, order, refused
from tests.moved import ACCOUNT, DUE, WHY, decide, pay_out, propose
from tests.statements import line, take_in

PAYEE = {"name": "Sri Wahyuni", "email": "sri@warga.example"}


class Mailbox:
    """The mail server: what was sent to whom."""

    public_url = "https://izin.example"

    class settings:
        mail_from = "layanan@ptsp.example"

    def __init__(self):
        self.sent = []

    def send(self, address, letter, message_id, papers):
        self.sent.append((address, letter, [paper.kind for paper in papers]))
        return "sent", ""


def _nobodys(**more) -> tuple[Drawers, str]:
    """Rp 700 under a code that is nobody's, proposed to go back."""
    file = Assessed().demanded()
    file.pay(700, "BJB-0009", code="123456", at=on(3, 9))
    return file.drawers, propose(file.drawers, "BJB-0009", 700, **more)


def _told(drawers: Drawers, number: str, **more) -> dict:
    fields = {"number": number, "how": "letter_by_hand", "day": "2016-03-23", "note": WHY, "acted_at": on(3, 23)}
    return drawers.ask(refunds.note_told, order(retribution.RecordRefundTold, **fields | more), "treasurer")


def _listed(drawers: Drawers) -> list[tuple[str, str, bool]]:
    found = waiting_money.money_waiting(drawers, retribution.MoneyWaiting())["refunds"]
    return [(each["number"], each["state"], each["untold"]) for each in found]


def test_the_facts_of_a_refund_that_is_nobodys_bring_the_address_the_treasurer_was_given():
    drawers, number = _nobodys(email=PAYEE["email"])
    decide(drawers, number)
    drawers.let(refund_printing.print_refund(Papers(), drawers, drawers.heard(retribution.RefundDecided)[0]))
    pay_out(drawers, number)
    [filed], [paid] = drawers.heard(retribution.RefundGranted), drawers.heard(retribution.RefundPaid)
    assert filed.application_id == paid.application_id == f"pengembalian-{number}"
    assert filed.payee.model_dump() == paid.payee.model_dump() == PAYEE
    assert ACCOUNT["number"] not in repr(drawers.said) and _listed(drawers) == []


@pytest.mark.parametrize(
    ("tell", "kind", "said", "papers"),
    [
        (demands.tell_refund_granted, retribution.RefundGranted, "paling lambat 1 Juni 2016", ["surat_pengembalian"]),
        (demands.tell_refund_paid, retribution.RefundPaid, "sudah dibayarkan pada 2 April 2016", []),
    ],
)
def test_they_are_written_to_with_the_way_to_check_the_decision(tell, kind, said, papers):
    drawers, post = Drawers(), Mailbox()
    event = fact(kind, application_id="pengembalian-PGB-2016-00001", payee=PAYEE)
    drawers.let(tell(post, drawers, event))
    [(address, letter, sent)] = post.sent
    text = " ".join(letter.text.split())
    assert (address, sent) == (PAYEE["email"], papers) and said in text and "Rp 1.020" in text
    assert "https://izin.example/periksa/" in letter.text and "Yth. Sri Wahyuni" in letter.text
    asked = notification.DeliveriesOf(application_id="pengembalian-PGB-2016-00001")
    assert [(each["to"], each["turn"]) for each in actions.deliveries_of(drawers, asked)] == [
        ("payee", "pengembalian_tanpa_berkas")
    ]


def test_where_no_address_is_known_nobody_is_written_to_and_it_is_said():
    post, event = Mailbox(), fact(retribution.RefundGranted, application_id="pengembalian-PGB-2016-00001")
    drawers = Drawers()
    drawers.let(demands.tell_refund_granted(post, drawers, event))
    assert post.sent == [] and drawers.documents == {}
    drawers, number = _nobodys()
    assert _listed(drawers) == [(number, "proposed", False)], "there is nothing to tell yet"
    decide(drawers, number)
    assert _listed(drawers) == [(number, "granted", True)]
    pay_out(drawers, number)
    assert _listed(drawers) == [(number, "paid", True)], "paid, and still to be told of"


def test_how_they_were_told_is_noted_with_who_noted_it_and_stays():
    drawers, number = _nobodys()
    decide(drawers, number)
    pay_out(drawers, number)
    assert _told(drawers, number) == {"number": number, "told": 1}
    assert _told(drawers, number, how="telephone", day="2016-03-24", acted_at=on(3, 24))["told"] == 2
    first, second = refund_store.refund(drawers, number).told
    assert (first.how, first.note, first.noted_by, first.noted_at) == ("letter_by_hand", WHY, "treasurer", on(3, 23))
    assert second.how == "telephone" and _listed(drawers) == []


def test_nothing_is_noted_before_it_is_granted_nor_outside_its_time():
    drawers, number = _nobodys()
    refused("not_granted", lambda: _told(drawers, number))
    decide(drawers, number)
    for day in ("2016-03-21", "2017-01-01"):
        assert refused("told_when", lambda day=day: _told(drawers, number, day=day)).field == "day"
    refused("unknown_refund", lambda: _told(drawers, "PGB-2016-00009"))
    with pytest.raises(ValidationError):
        order(retribution.RecordRefundTold, number=number, how="pigeon", day="2016-03-23", note=WHY)


def test_the_applicant_of_a_file_is_told_and_no_other_address_is_taken():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    no = refused("payer_known", lambda: propose(file.drawers, "BJB-0001", 1_000, email=PAYEE["email"]))
    assert no.field == "email"
    number = propose(file.drawers, "BJB-0001", 1_000)
    decide(file.drawers, number)
    refused("payer_known", lambda: _told(file.drawers, number))
    assert _listed(file.drawers) == [(number, "granted", False)]


def test_the_words_of_the_bank_about_such_money_are_shown():
    file = Assessed().demanded()
    take_in(file.drawers, line("BJB-0009", "setoran Sri Wahyuni tanpa kode", 700))
    told = waiting_money.money_waiting(file.drawers, retribution.MoneyWaiting(said_of="BJB-0009"))
    assert told["said"] == "setoran Sri Wahyuni tanpa kode"
    assert waiting_money.money_waiting(file.drawers, retribution.MoneyWaiting(said_of="BJB-9999"))["said"] is None
