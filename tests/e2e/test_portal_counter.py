"""The counter at the portal: a person is registered from a paper form, what lacks is asked for and brought, the resi is
printed; a form sent twice is one file, and one is taken back."""

from pathlib import Path

from playwright.sync_api import Browser

from catalogue.licences import licence_type
from contracts import intake
from tests.e2e.pages import DESK, PHONE, Visitor, faultless, inside, press, visitor
from tests.people import People, a_pdf, eventually
from tests.turns import SECONDS


def fill_in(me: Visitor) -> None:
    for name, text in {
        "pemohon.name": "Siti Rahmawati",
        "pemohon.nik": "3275010101800001",
        "pemohon.address": "Jl. Melati No. 12, Bekasi Timur",
        "pemohon.phone": "081200000001",
        "tempat.name": "Toko Sumber Rezeki",
        "tempat.address": "Jl. Ir. H. Juanda No. 5",
        "hari": "2016-03-07",
        "jam": "08:30",
    }.items():
        me.page.locator(f'[name="{name}"]').fill(text)
    me.page.locator('[name="tempat.kecamatan"]').select_option("Bekasi Timur")


def test_from_the_paper_form_to_the_resi(browser: Browser, home: str, people: People, tmp_path: Path):
    paper = tmp_path / "kertas.pdf"
    paper.write_bytes(a_pdf("kertas dari loket"))
    with visitor(browser, home, PHONE) as me, visitor(browser, home, DESK) as other:
        inside(me, "counter-2", people.passphrase("counter-2"))
        inside(other, "counter-3", people.passphrase("counter-3"))
        me.go("/petugas/loket")
        assert faultless(me)
        me.page.get_by_label("Jenis izin").select_option("siup")
        press(me, "Lanjut")
        assert faultless(me)
        me.page.get_by_role("link", name="Perusahaan Kecil").click()
        assert faultless(me)
        press(me, "Daftarkan dan periksa kelengkapan")
        assert "Ada yang perlu diperbaiki" in me.text and faultless(me)
        fill_in(me)
        me.page.locator('[name="pemohon.nik"]').fill("32")
        press(me, "Daftarkan dan periksa kelengkapan")
        assert "NIK terdiri atas 16 angka" in me.text
        assert me.page.locator('[name="tempat.name"]').input_value() == "Toko Sumber Rezeki"
        me.page.locator('[name="pemohon.nik"]').fill("3275010101800001")
        press(me, "Daftarkan dan periksa kelengkapan")
        me.page.wait_for_url("**/kelengkapan")
        file = me.page.url.split("/")[-2]
        record = people.ask("operator-1", intake.FindApplication(application_id=file))
        assert record["history"][0]["at"].startswith("2016-03-07T08:30"), "the day on paper counts"
        assert record["history"][0]["address"] == "127.0.0.1"

        eventually(lambda: "Hasil pemeriksaan" in me.go(f"/petugas/loket/{file}/kelengkapan").content(), SECONDS)
        assert faultless(me)
        asked = [r.code for r in licence_type("siup").required(sub_kind="kecil")]
        scanned, lacking = asked[:-1], asked[-1]
        for requirement in scanned:
            section = me.page.locator(f"section#{requirement}")
            section.locator("summary").first.click()
            me.page.locator(f'[name="hasil.{lacking}"][value="missing"]').check()
            section.locator('input[type="file"]').set_input_files(paper)
            before = me.page.url
            section.get_by_role("button", name="Simpan berkas ini").click()
            me.page.wait_for_url(lambda url, before=before: "/hasil/" in url and url != before)
            assert me.page.locator(f'[name="hasil.{lacking}"][value="missing"]').is_checked(), "what was ticked stays"
        assert "Berkas disimpan" in me.text and faultless(me)

        def all_inspected() -> bool:
            me.go(f"/petugas/loket/{file}/kelengkapan")
            return "sedang diperiksa sistem" not in me.text

        eventually(all_inspected, SECONDS)
        for requirement in scanned:
            me.page.locator(f'[name="hasil.{requirement}"][value="complete"]').check()
        me.page.locator(f'[name="hasil.{lacking}"][value="not_applicable"]').check()
        press(me, "Catat hasil pemeriksaan")
        assert "Tulis mengapa tidak berlaku" in me.text and faultless(me), me.text
        me.page.locator(f'[name="hasil.{lacking}"][value="missing"]').check()
        me.page.locator(f'[name="catatan.{lacking}"]').fill("Bawa aslinya ke loket")
        press(me, "Catat hasil pemeriksaan")
        me.page.wait_for_url("**?tercatat=diminta")
        assert "Kekurangannya diminta" in me.text and faultless(me)

        # The applicant comes back to another counter with the paper.
        other.go(f"/petugas/loket/{file}/kelengkapan")
        assert "tidak di pemeriksaan kelengkapan" in other.text
        section = other.page.locator(f"section#{lacking}")
        section.locator("summary").first.click()
        section.locator('input[type="file"]').set_input_files(paper)
        section.get_by_role("button", name="Simpan berkas ini").click()

        def ticked_again() -> bool:
            other.go(f"/petugas/loket/{file}/kelengkapan")
            return "Hasil pemeriksaan" in other.text and "sedang diperiksa sistem" not in other.text

        eventually(ticked_again, SECONDS)
        me.go(f"/petugas/loket/{file}/kelengkapan")  # two officers on one file
        for officer in (other, me):
            for requirement in asked:
                officer.page.locator(f'[name="hasil.{requirement}"][value="complete"]').check()
        press(other, "Catat hasil pemeriksaan")
        other.page.wait_for_url("**?tercatat=resi")
        press(me, "Catat hasil pemeriksaan")
        assert "Belum dicatat" in me.text and faultless(me)
        eventually(lambda: "Resi pendaftaran" in other.go(f"/petugas/berkas/{file}").content(), SECONDS)
        assert faultless(other)


def test_a_form_sent_twice_is_one_file_and_a_file_is_taken_back_at_the_desk(browser: Browser, home, people: People):
    with visitor(browser, home, PHONE) as me:
        inside(me, "counter-2", people.passphrase("counter-2"))
        me.go("/petugas/loket/baru?jenis=siup&sub=kecil")
        fill_in(me)
        order = me.page.locator('[name="perintah"]').input_value()
        press(me, "Daftarkan dan periksa kelengkapan")
        me.page.wait_for_url("**/kelengkapan")
        first = me.page.url
        me.page.go_back()
        me.page.wait_for_url("**/loket/baru*")
        if me.page.locator('[name="perintah"]').input_value() != order:
            me.page.evaluate("id => document.querySelector('[name=perintah]').value = id", order)
        fill_in(me)
        press(me, "Daftarkan dan periksa kelengkapan")
        me.page.wait_for_url("**/kelengkapan")
        assert me.page.url == first
        file = first.split("/")[-2]
        eventually(lambda: me.page.goto(f"{home}/petugas/loket/{file}/cabut").status == 200, SECONDS)
        assert faultless(me)
        me.page.get_by_label("Alasan pemohon").fill("Pindah kota")
        press(me, "Cabut permohonan ini")
        me.page.wait_for_url("**?tercatat=cabut")
        assert people.where(file)["standing"]["status"] in ("withdrawn", "archived")
