"""The story of one application told through the pages of every role at phone width: a house in Bekasi Timur, from the
applicant's first sign-up to the licence that anyone checks and the archive that holds it twice."""

from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser

from contracts import notification, retribution
from tests.e2e import team_chapters as team
from tests.e2e.pages import Visitor, Windows, faultless, press
from tests.e2e.test_portal_applicant import SECRET, SITI
from tests.people import People, a_pdf, eventually
from tests.turns import SECONDS
from values.dates import JAKARTA

MAIL = "siti.rumah@warga.example"
TURNS = "diterima kekurangan terdaftar undangan_tim jadwal berita_acara skrd lunas terbit diserahkan diarsipkan"
INITIALS = ("jasa-usaha-head", "administration-head", "tata-usaha-head")


def test_a_house_is_applied_for_examined_paid_signed_handed_over_and_archived_by_pages(
    browser: Browser, home: str, people: People, tmp_path: Path
):
    with Windows(browser, home, people) as office:
        siti = office.visitor()
        she_applies(office, siti, tmp_path)
        the_counter_asks_for_a_paper_she_sends_it_and_the_resi_is_printed(office, siti, tmp_path)
        team.a_declined_task_goes_to_the_next_member_who_takes_it_once(office)
        team.the_bidang_sees_who_is_free_and_what_is_proposed_and_books(office)
        team.others_do_not_learn_of_the_file_and_other_roles_are_told_whose_page_it_is(office)
        team.on_site_each_answer_is_kept_at_once_and_photos_tell_when_and_where(office)
        team.the_berita_acara_is_read_then_signed_with_the_passphrase_and_a_dissent_is_kept(office)
        team.the_head_verifies_and_what_a_member_adds_later_joins_the_file(office)
        team.the_nota_is_seen_line_by_line_before_it_is_kept_and_signed_with_the_passphrase(office)
        team.the_head_lets_a_file_stand_and_go_on_with_a_reason(office)
        the_skrd_is_issued_signed_shown_to_her_and_paid(office, siti)
        the_draft_is_initialled_in_order_and_signed(office)
        it_is_handed_over_to_who_was_identified(office)
        licence = she_downloads_it(office, siti)
        anyone_checks_it(office, licence)
        the_archivist_verifies_both_copies(office)
        it_stands_in_the_register(office)
        at_every_turn_somebody_was_told(office)


def she_applies(office: Windows, siti: Visitor, folder: Path) -> None:
    (folder / "kertas.pdf").write_bytes(a_pdf("kertas siti"))
    siti.go("/izin/imb").get_by_role("link", name="Ajukan di sini").click()
    siti.page.get_by_role("link", name="Buat akun").click()
    siti.page.locator("#nama").fill(MAIL)
    siti.page.locator("#sandi").fill(SECRET)
    press(siti, "Buat akun")
    press(siti, "Mulai permohonan baru")
    siti.page.locator("#sub_kind").select_option("rumah_tinggal")
    press(siti, "Simpan dan lanjut")
    for label, text in (SITI | {"E-mail": MAIL}).items():
        siti.page.get_by_label(label, exact=True).fill(text)
    press(siti, "Simpan dan lanjut")
    siti.page.locator("#name").fill("Rumah tinggal Siti")
    siti.page.locator("#address").fill("Jl. Melati No. 12")
    siti.page.locator("#kecamatan").select_option("Bekasi Timur")
    press(siti, "Simpan dan lanjut")
    siti.page.locator("#luas_m2").fill("100")
    siti.page.locator("#waktu").select_option("tetap")
    assert faultless(siti)
    press(siti, "Simpan dan lanjut")
    while siti.heading != "Periksa jawaban Anda":
        here = siti.page.url
        siti.page.get_by_label("Berkas").set_input_files(folder / "kertas.pdf")
        press(siti, "Simpan dan lanjut")
        siti.page.wait_for_url(lambda url, before=here: url != before)
    assert "100" in siti.text
    office.file = siti.page.url.rsplit("/", 1)[1]
    press(siti, "Kirim permohonan")
    assert siti.heading == "Permohonan terkirim"


def the_counter_asks_for_a_paper_she_sends_it_and_the_resi_is_printed(
    office: Windows, siti: Visitor, folder: Path
) -> None:
    clerk, at = office("counter-2"), f"/petugas/loket/{office.file}/kelengkapan"
    eventually(lambda: f"/petugas/berkas/{office.file}" in clerk.go("/petugas").content(), SECONDS, "the file")
    eventually(lambda: clerk.page.goto(office.home + at) and inspected(clerk), SECONDS, "its papers, looked at")
    tick(clerk)
    clerk.page.locator('[name="hasil.ktp"][value="wrong"]').check()
    clerk.page.locator('[name="catatan.ktp"]').fill("Fotonya buram")
    press(clerk, "Catat hasil pemeriksaan")
    clerk.page.wait_for_url("**?tercatat=diminta")
    eventually(lambda: "menunggu Anda" in siti.go("/saya").content(), SECONDS, "the request")
    siti.page.get_by_role("link", name="menunggu Anda").click()
    assert "Fotonya buram" in siti.text and faultless(siti)
    (folder / "program.pdf").write_bytes(b"MZ\x90 no paper")
    siti.page.locator("input[type=file]").set_input_files(folder / "program.pdf")
    press(siti, "Kirim berkas ini")
    assert "Hanya PDF, JPEG atau PNG" in siti.text and faultless(siti)
    siti.page.locator("input[type=file]").set_input_files(folder / "kertas.pdf")
    press(siti, "Kirim berkas ini")
    assert "Terkirim" in siti.text
    eventually(lambda: clerk.page.goto(office.home + at) and inspected(clerk), SECONDS, "the paper, looked at")
    tick(clerk)
    press(clerk, "Catat hasil pemeriksaan")
    clerk.page.wait_for_url("**?tercatat=resi")
    eventually(lambda: "Unduh Resi" in siti.go(f"/saya/{office.file}").content(), SECONDS, "the resi")
    assert office.people.where(office.file)["resi"] in siti.heading and faultless(siti)


def inspected(clerk: Visitor) -> bool:
    return "Hasil pemeriksaan" in clerk.text and "sedang diperiksa sistem" not in clerk.text


def tick(clerk: Visitor) -> None:
    for paper in clerk.page.locator('[name^="hasil."][value="complete"]').all():
        paper.check()


def the_skrd_is_issued_signed_shown_to_her_and_paid(office: Windows, siti: Visitor) -> None:
    finance, head, treasurer = (office(who) for who in ("administration-1", "head-2014", "treasurer"))
    at = f"/petugas/skrd/{office.file}"
    eventually(lambda: at in finance.go("/petugas/skrd").content(), SECONDS, "the nota")
    assert faultless(finance)
    finance.go(at)
    press(finance, "Terbitkan SKRD")
    finance.page.wait_for_url("**?sudah=terbit")
    assert faultless(finance)
    sign(office, f"pilih.skrd.{office.file}", head)
    skrd = office.people.ask("treasurer", retribution.FindAssessment(application_id=office.file))["skrd"]
    assert skrd["amount"] == 140_625, "published for 100 square metres"
    eventually(lambda: skrd["payment_code"] in siti.go(f"/saya/{office.file}").content(), SECONDS, "the SKRD")
    siti.page.get_by_role("link", name="Cara membayar").first.click()
    assert "belum kami terima" in siti.text and faultless(siti)
    treasurer.go(at)
    paid_at = datetime.now(UTC).astimezone(JAKARTA)
    typed = {"Jumlah (rupiah)": "seratus", "Nomor bukti": f"TBP-{office.file[-8:]}", "Jam": f"{paid_at:%H:%M}"}
    for label, text in (typed | {"Tanggal": f"{paid_at:%Y-%m-%d}"}).items():
        treasurer.page.get_by_label(label).fill(text)
    press(treasurer, "Catat pembayaran")
    assert "Tulis jumlah dalam rupiah utuh" in treasurer.text and faultless(treasurer)
    treasurer.page.get_by_label("Jumlah (rupiah)").fill(f"{skrd['amount']:,}".replace(",", "."))
    slip = {"name": "slip.pdf", "mimeType": "application/pdf", "buffer": a_pdf("slip")}
    treasurer.page.get_by_label("Bukti bayar").set_input_files(slip)
    press(treasurer, "Catat pembayaran")
    assert "Pembayaran dicatat" in treasurer.text, treasurer.text
    address = treasurer.page.locator("a[href*='/bukti/']").get_attribute("href")
    shown = treasurer.page.request.get(treasurer.page.url.split("/petugas")[0] + address)
    assert shown.ok and shown.headers["content-type"] == "application/pdf"
    eventually(lambda: "lunas" in siti.go(f"/bayar/{skrd['payment_code']}").content(), SECONDS, "the receipt")
    assert faultless(siti)


def the_draft_is_initialled_in_order_and_signed(office: Windows) -> None:
    for officer in INITIALS:
        me = office(officer)
        box = f'[name="pilih.izin.{office.file}"]'
        eventually(lambda me=me: me.go("/petugas/tanda-tangan").locator(box).count(), SECONDS, "the draft")  # noqa: B023
        me.go(f"/petugas/konsep/{office.file}")
        assert "Urutan paraf" in me.text
        me.go("/petugas/tanda-tangan").locator(box).check()
        press(me, "Bubuhkan paraf pada yang dipilih")
        assert "1 sudah diparaf" in me.text
    sign(office, f"pilih.izin.{office.file}", office("head-2014"))


def sign(office: Windows, name: str, head: Visitor) -> None:
    box = head.page.locator(f'[name="{name}"]')
    eventually(lambda: head.go("/petugas/tanda-tangan") and box.count(), SECONDS, name)
    box.check()
    head.page.get_by_label("Frasa sandi").fill(office.passphrases["head-2014"])
    press(head, "Tanda tangani yang dipilih")
    assert "1 sudah ditandatangani" in head.text and faultless(head)


def it_is_handed_over_to_who_was_identified(office: Windows) -> None:
    one, other = office("counter-2"), office("counter-3")
    link = f"/petugas/loket/{office.file}/serah"
    eventually(lambda: link in one.go(f"/petugas/berkas/{office.file}").content(), SECONDS, "the licence")
    other.go(link)
    one.go(link)
    one.page.get_by_label("Pemegang izin sendiri").check()
    press(one, "Serahkan")
    assert "Belum diserahkan" in one.text and faultless(one)
    for clerk in (one, other):
        clerk.page.get_by_label("Orang lain dengan surat kuasa").check()
        clerk.page.get_by_label("KTP penerima").check()
    press(one, "Serahkan")
    assert "Nama penerima kuasa belum disebut" in one.text and faultless(one)
    for clerk in (one, other):
        clerk.page.get_by_label("Nama penerima kuasa").fill("Budi Santoso")
        clerk.page.get_by_label("KTP penerima").check()
    press(one, "Serahkan")
    one.page.wait_for_url("**?tercatat=serah")
    press(other, "Serahkan")
    assert "sudah diserahkan" in other.text and faultless(other)


def she_downloads_it(office: Windows, siti: Visitor) -> bytes:
    office.people.wait_for(office.file, "archived", SECONDS)
    link = siti.page.get_by_role("link", name="Unduh Surat izin")
    eventually(lambda: siti.go(f"/saya/{office.file}") and link.count(), SECONDS, "the licence")
    assert "Urusan dengan izin ini" in siti.text and faultless(siti)
    with siti.page.expect_download() as download:
        link.click()
    return Path(download.value.path()).read_bytes()


def anyone_checks_it(office: Windows, licence: bytes) -> None:
    passer_by = office.visitor()
    passer_by.go("/periksa")
    passer_by.page.locator("#berkas").set_input_files(
        {"name": "izin.pdf", "mimeType": "application/pdf", "buffer": licence}
    )
    press(passer_by, "Periksa PDF")
    assert "Asli dan berlaku" in passer_by.text and "sah" in passer_by.text and faultless(passer_by)
    code = passer_by.page.locator("dt", has_text="Kode pemeriksaan").locator("xpath=following-sibling::dd").inner_text()
    passer_by.go("/periksa").get_by_label("Kode pemeriksaan atau nomor surat").fill(code)
    press(passer_by, "Periksa")
    assert "Asli dan berlaku" in passer_by.text and SITI["Nama lengkap"] not in passer_by.text


def the_archivist_verifies_both_copies(office: Windows) -> None:
    keeper, resi = office("archivist"), office.people.where(office.file)["resi"]
    keeper.go("/petugas/arsip").get_by_label("Nomor").fill(resi)
    press(keeper, "Cari")
    keeper.page.locator(f'a[href="/petugas/arsip/{office.file}"]').click()
    assert faultless(keeper)
    press(keeper, "Periksa kedua salinan sekarang")
    assert "Kedua salinan cocok" in keeper.text and faultless(keeper)


def it_stands_in_the_register(office: Windows) -> None:
    head = office("head-2014")
    head.go("/petugas/daftar-izin").get_by_label("Nama pemegang atau tempat").fill("rumah siti")
    head.page.get_by_label("Keadaan").select_option("valid")
    press(head, "Cari")
    row = head.page.locator(f'a[href="/petugas/berkas/{office.file}"]')
    assert "Siti Rahmawati" in row.inner_text() and faultless(head)
    rows = head.page.request.get(f"{office.home}/petugas/daftar-izin.csv?nama=siti+rumah").text().splitlines()
    assert rows[0].startswith("nomor,jenis") and any("Rumah tinggal Siti" in row for row in rows[1:])
    head.go("/petugas/tanda-tangan").get_by_role("link", name="Siapa boleh menandatangani").click()
    head.page.get_by_label("Pada hari").fill("2016-08-09")
    head.page.get_by_label("Jenis izin").select_option("imb")
    press(head, "Tampilkan")
    assert "Plh. Kepala Badan" in head.text and faultless(head)


def at_every_turn_somebody_was_told(office: Windows) -> None:
    def letters() -> list[dict] | None:
        told = office.people.ask("counter-1", notification.DeliveriesOf(application_id=office.file))
        return told if set(TURNS.split()) <= {letter["turn"] for letter in told} else None

    assert {letter["outcome"] for letter in eventually(letters, SECONDS, "the letters")} == {"sent"}
