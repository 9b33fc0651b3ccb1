"""The tax note of an advertisement at the portal: drawn up, signed, read as a PDF, while the file goes on."""

from playwright.sync_api import Browser

from tests.conftest import Stack
from tests.e2e.pages import PHONE, faultless, inside, visitor
from tests.people import People, eventually
from tests.printed import letters_of, printed
from tests.turns import SECONDS, Turn


def test_the_bidang_draws_up_and_signs_a_tax_note_beside_the_file(browser: Browser, stack: Stack, people: People):
    home = stack.environment("office")["PTSP_PUBLIC_URL"]
    file = Turn(people, "reklame", "baru").registered().id
    page = f"/petugas/berkas/{file}/pajak"
    with visitor(browser, home, PHONE) as officer, visitor(browser, home, PHONE) as head:
        inside(officer, "tertentu-1", people.passphrase("tertentu-1"))
        eventually(lambda: page in officer.go(f"/petugas/berkas/{file}").content(), SECONDS, "the way to the note")
        eventually(lambda: "Belum ada nota" in officer.go(page).content(), SECONDS, "the tax file")
        assert officer.heading == "Nota perhitungan pajak daerah" and faultless(officer)
        for area, seen in (("luas", "Isi naskah, luas"), ("24,5", "Konsep, belum ditandatangani")):
            first = officer.page.locator("fieldset").first
            first.get_by_label("Naskah").fill("Toko Melati")
            first.get_by_label("Luas satu sisi (m²)").fill(area)
            first.get_by_label("Jalan").select_option("kelas_2")
            officer.page.get_by_role("button", name="Susun nota").click()
            assert seen in officer.text and faultless(officer), officer.text
        assert "Rp 24.591.875" in officer.text.replace("\xa0", " ")
        sandi = people.passphrase("tertentu-head")
        inside(head, "tertentu-head", sandi)
        head.go(page).get_by_label("Frasa sandi").fill(sandi)
        head.page.get_by_role("button", name="Tanda tangani").click()
        eventually(lambda: "Lihat PDF" in head.go(page).content(), SECONDS, "the printed note")
        assert "NPPD-" in head.text and faultless(head)
        link = head.page.get_by_role("link", name="Lihat PDF").get_attribute("href")
        text = printed(head.page.request.get(home + link).body())
        assert letters_of("bukan surat ketetapan pajak") in text and letters_of("Rp 24.591.875") in text
    assert people.where(file)["standing"]["status"] != "archived"
    with visitor(browser, home, PHONE) as stranger:
        inside(stranger, "jasa-usaha-1", people.passphrase("jasa-usaha-1"))
        assert stranger.page.request.get(home + page).status == 404
