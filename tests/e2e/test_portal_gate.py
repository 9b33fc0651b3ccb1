"""Officers at the portal with the whole office behind it: the gate, the desk, a file."""

from playwright.sync_api import Browser

from contracts import intake
from tests.e2e.pages import DESK, PHONE, faultless, sign_in, visitor
from tests.people import People, eventually
from tests.turns import SECONDS


def test_an_officer_changes_the_first_passphrase_and_finds_what_waits(browser: Browser, home: str, people: People):
    first = people.passphrase("counter-3", to_keep=False)
    file = people.submit("siup", sub_kind="kecil")
    with visitor(browser, home, PHONE) as me, visitor(browser, home, DESK) as wide:
        me.go("/petugas")
        assert me.heading == "Masuk sebagai petugas" and faultless(me)
        sign_in(me, "counter-3", first)
        me.page.wait_for_url("**/petugas/akun")
        assert "Gantilah frasa sandi Anda" in me.text and faultless(me)
        me.go("/petugas")
        assert me.page.url.endswith("/petugas/akun"), "nothing else is shown before it is changed"
        for label, text in {
            "Frasa sandi lama": first,
            "Frasa sandi baru": "kuda lumping di Bekasi",
            "Frasa sandi baru sekali lagi": "kuda lumping di Bekasi",
        }.items():
            me.page.get_by_label(label, exact=True).fill(text)
        me.page.get_by_role("button", name="Ganti").click()
        assert "Frasa sandi sudah diganti" in me.text
        sign_in(wide, "counter-3", "kuda lumping di Bekasi")
        wide.page.wait_for_url("**/petugas")
        eventually(lambda: f"/petugas/berkas/{file}" in wide.go("/petugas").content(), SECONDS)
        for who in (me, wide):
            who.go("/petugas")
            assert "Menunggu di meja ini" in who.text and faultless(who)
            who.go(f"/petugas/berkas/{file}")
            assert "Surat dan lampiran" in who.text and faultless(who)
        asked = people.ask("counter-3", intake.FindApplication(application_id=file))
        paper = wide.page.request.get(f"{home}/petugas/berkas/{file}/surat/{asked['documents'][0]['sha256']}")
        assert paper.status == 200 and paper.body()[:4] == b"%PDF"


def test_a_seat_without_business_in_a_file_does_not_learn_that_it_exists(browser: Browser, home: str, people: People):
    file = people.submit("siup", sub_kind="kecil")
    passphrase = people.passphrase("tertentu-head")
    with visitor(browser, home, PHONE) as me:
        sign_in(me, "tertentu-head", passphrase)
        me.page.wait_for_url("**/petugas")
        answers = [me.page.goto(f"{home}/petugas/berkas/{id}") for id in (file, "0191e2a4-0000-7d3e-8f10-000000000000")]
        assert [answer.status for answer in answers] == [404, 404]
        assert faultless(me)
