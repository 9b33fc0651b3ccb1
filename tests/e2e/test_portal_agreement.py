"""A month's notas and SKRDs agreed on by pages: by the head of the Bidang, then by that of administration."""

from playwright.sync_api import Browser

from contracts import retribution
from tests.e2e.pages import PHONE, faultless, inside, visitor
from tests.people import People, eventually
from tests.printed import letters_of, printed
from tests.turns import Turn

YEAR = 2015  # in which no other test signs a nota


def test_bidang_and_administration_agree_on_a_month(browser: Browser, home: str, people: People):
    demanded = Turn(people, "iptm", "baru", year=YEAR).registered()
    demanded.demanded(100_000)
    waits = Turn(people, "iptm", "baru", year=YEAR).registered()
    eventually(waits.assessed, 40, "the assessment")
    waits.do("tertentu-1", retribution.PrepareNota, waits.on(3))
    waits.do("tertentu-head", retribution.SignNota, waits.on(3, 10))
    for who in ("tertentu-head", "administration-head"):
        with visitor(browser, home, PHONE) as me:
            sandi = people.passphrase(who)
            inside(me, who, sandi)
            me.go(f"/petugas/pencocokan?tahun={YEAR}")
            assert me.heading == "Pencocokan nota dan SKRD" and faultless(me)
            me.page.locator(f"a[href='/petugas/pencocokan/tertentu/{YEAR}-03']").click()
            assert "nota bertanda tangan tanpa SKRD" in me.text and faultless(me)
            if who == "tertentu-head":
                me.page.get_by_label("Penjelasan").fill("SKRD-nya terbit bulan berikutnya.")
            me.page.get_by_label("Frasa sandi").fill(sandi)
            me.page.get_by_role("button", name="Setuju").click()
            me.page.wait_for_url("**?sudah=setuju")
            assert "Tercatat" in me.text and faultless(me)
    with visitor(browser, home, PHONE) as me:
        inside(me, "administration-head", sandi)
        me.go(f"/petugas/pencocokan/tertentu/{YEAR}-03")
        paper = me.page.locator("a[href$='.pdf']")
        eventually(lambda: me.page.reload() and paper.count(), 40, "the record")
        pdf = me.page.request.get(home + paper.get_attribute("href")).body()
    assert letters_of("SKRD-nya terbit bulan berikutnya.") in printed(pdf)
