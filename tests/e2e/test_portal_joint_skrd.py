"""One SKRD for two graves of one family, by pages: put together, signed, paid once, and both files go on."""

from datetime import UTC, datetime

from playwright.sync_api import Browser

from contracts import retribution
from tests.e2e.pages import PHONE, faultless, inside, visitor
from tests.people import People, eventually
from tests.turns import SECONDS, Turn

GRAVE = 100_000


def with_signed_nota(people: People) -> Turn:
    turn = Turn(people, "iptm", "baru", year=2016).registered()
    eventually(turn.assessed, SECONDS, "the assessment")
    turn.do("tertentu-1", retribution.PrepareNota, turn.on(3))
    turn.do("tertentu-head", retribution.SignNota, turn.on(3, 10))
    return turn


def test_two_notas_of_one_payer_are_demanded_by_one_skrd_and_paid_once(browser: Browser, home: str, people: People):
    first, second = with_signed_nota(people), with_signed_nota(people)
    resi = people.where(second.id)["resi"]
    with visitor(browser, home, PHONE) as me:
        inside(me, "administration-1", people.passphrase("administration-1"))
        me.go(f"/petugas/skrd/{first.id}")
        assert "Satukan dengan nota lain" in me.text and faultless(me)
        me.page.get_by_label(resi).check()
        me.page.get_by_role("button", name="Terbitkan SKRD").click()
        me.page.wait_for_url("**?sudah=terbit")
        assert resi in me.text and "200.000" in me.text and faultless(me)
        me.go(f"/petugas/skrd/{second.id}")
        assert "Nota ini masuk SKRD bersama berkas lain" in me.text and "Terbitkan" not in me.text and faultless(me)
    code = people.do("head-2014", retribution.SignSkrd, application_id=first.id)["payment_code"]
    for turn in (first, second):
        turn.has_paper("skrd")
    with visitor(browser, home, PHONE) as me:
        eventually(lambda: me.page.goto(f"{home}/bayar/{code}").status == 200, SECONDS, "the page of the code")
        assert "200.000" in me.text and "untuk 2 berkas sekaligus" in me.text and faultless(me)
    fields = {"payment_code": code, "amount": 2 * GRAVE, "bank_reference": f"BJB-{first.id[-10:]}", "channel": "bank"}
    paid = people.do("treasurer", retribution.RecordPayment, **fields, paid_at=datetime.now(UTC))
    assert paid["outcome"] == "matched"
    for turn in (first, second):
        turn.has_paper("tanda_bukti_pembayaran")
        eventually(turn.drafted, SECONDS, "the draft of the licence")
