"""Initials and signatures at the portal: drafts looked at, many signed at once, each signature by passphrase."""

from playwright.sync_api import Browser

from contracts import intake
from tests.e2e.pages import DESK, PHONE, Visitor, faultless, inside, visitor
from tests.people import People, eventually
from tests.turns import SECONDS

CHAIN = ("jasa-usaha-head", "administration-head", "tata-usaha-head")


def choose(me: Visitor, files: list[str]) -> None:
    """Tick these files on the list, once each of them is there, and no other."""

    def all_there() -> bool:
        text = me.go("/petugas/tanda-tangan").content()
        return all(f"pilih.izin.{file}" in text for file in files)

    eventually(all_there, SECONDS)
    for file in files:
        me.page.locator(f'[name="pilih.izin.{file}"]').check()


def test_two_licences_go_from_the_first_initial_to_the_signature_by_pages(browser: Browser, home: str, people: People):
    files = [people.submit("siup", sub_kind="kecil") for _ in range(2)]
    for file in files:
        people.tick(file, "siup", sub_kind="kecil")
    for officer in CHAIN:
        with visitor(browser, home, PHONE) as me:
            inside(me, officer, people.passphrase(officer))
            choose(me, files)
            assert faultless(me)
            me.page.get_by_role("button", name="Bubuhkan paraf").click()
            assert "2 sudah diparaf" in me.text and faultless(me)
    passphrase = people.passphrase("head-2014")
    with visitor(browser, home, PHONE) as me, visitor(browser, home, DESK) as wide:
        inside(wide, "head-2014", passphrase)
        inside(me, "head-2014", passphrase)
        choose(me, files)
        wide.go(f"/petugas/konsep/{files[0]}")
        assert "Urutan paraf" in wide.text and faultless(wide)
        paper = wide.page.request.get(f"{home}/petugas/konsep/{files[0]}/surat")
        assert paper.status == 200 and paper.body()[:4] == b"%PDF"
        assert faultless(me)
        me.page.get_by_label("Frasa sandi").fill("bukan ini sama sekali")
        me.page.get_by_role("button", name="Tanda tangani yang dipilih").click()
        assert "tidak cocok" in me.text and faultless(me)
        me.page.get_by_label("Frasa sandi").fill(passphrase)
        me.page.get_by_role("button", name="Tanda tangani yang dipilih").click()
        assert "2 sudah ditandatangani" in me.text and faultless(me)
        me.page.reload()  # the browser sends the form once more: nothing is signed twice
        assert "2 sudah ditandatangani" in me.text
        numbers = set(me.page.locator("main .code").all_inner_texts())
        assert len(numbers) == 2
    for file in files:
        people.wait_for(file, "archived", SECONDS)
        assert [h["what"] for h in found(people, file)["history"]].count("licence_issued") == 1


def test_an_initial_out_of_turn_is_not_offered_and_another_seat_does_not_see_the_page(browser, home, people: People):
    file = people.submit("siup", sub_kind="kecil")
    people.tick(file, "siup", sub_kind="kecil")
    people.wait_for(file, "in_issuance", SECONDS)
    with visitor(browser, home, PHONE) as me, visitor(browser, home, PHONE) as counter:
        inside(me, "tata-usaha-head", people.passphrase("tata-usaha-head"))
        assert f"pilih.izin.{file}" not in me.go("/petugas/tanda-tangan").content()
        inside(counter, "counter-3", people.passphrase("counter-3"))
        answer = counter.page.goto(f"{home}/petugas/tanda-tangan")
        assert answer.status == 403 and "Yang berwenang" in counter.text and faultless(counter)


def found(people: People, file: str) -> dict:
    return people.ask("operator-1", intake.FindApplication(application_id=file))
