"""A service of the secretariat, step by step, each by the page of whose step it is."""

from datetime import UTC, datetime

from playwright.sync_api import Browser

from catalogue.office import organisation
from catalogue.standards_book import service_standard
from contracts import intake
from tests.e2e.pages import PHONE, faultless, inside, press, visitor
from tests.people import People, a_pdf, eventually
from tests.turns import SECONDS
from values.dates import office_date

SERVICE = service_standard("S-IV")


def whose(people: People, file: str) -> str:
    """The officer whose step it is now."""
    step = SERVICE.path[people.where(file)["standing"]["step"]]
    today = office_date(datetime.now(UTC))
    return organisation().officers_with(step.actor, SERVICE.unit_of(step.actor), on=today)[0].id


def test_a_service_is_taken_in_asked_about_and_done_by_pages(browser: Browser, home: str, people: People):
    counter = organisation().officers_with(
        "setda_counter", SERVICE.unit_of("setda_counter"), on=office_date(datetime.now(UTC))
    )
    with visitor(browser, home, PHONE) as me:
        inside(me, counter[0].id, people.passphrase(counter[0].id))
        me.go("/petugas/loket")
        me.page.get_by_label("Layanan").select_option(SERVICE.code)
        press(me, "Lanjut")
        assert faultless(me)
        for name, text in {
            "pemohon.name": "Siti Rahmawati",
            "pemohon.nik": "3275010101800001",
            "pemohon.address": "Jl. Melati No. 12, Bekasi Timur",
            "pemohon.phone": "081200000001",
            "tempat.name": "Karang Taruna Melati",
            "tempat.address": "Jl. Melati No. 1",
        }.items():
            me.page.locator(f'[name="{name}"]').fill(text)
        me.page.locator('[name="tempat.kecamatan"]').select_option("Bekasi Timur")
        press(me, "Daftarkan dan periksa kelengkapan")
        me.page.wait_for_url("**/petugas/langkah/*")
        file = me.page.url.rpartition("/")[2]
        eventually(lambda: "Hasil langkah ini" in me.go(f"/petugas/langkah/{file}").content(), SECONDS)
        assert faultless(me)
        press(me, "Selesaikan langkah ini")
        assert "Pilih hasil langkahnya" in me.text
        # What lacks is asked for, and brought to the desk by somebody without an account.
        me.page.locator('[name="hasil"][value="incomplete"]').check()
        me.page.locator("summary").first.click()
        requirement = SERVICE.required()[0].code
        me.page.locator(f'[name="kurang.{requirement}"][value="missing"]').check()
        me.page.locator(f'[name="catatan.{requirement}"]').fill("Lampirkan surat permohonan")
        assert faultless(me)
        press(me, "Selesaikan langkah ini")
        me.page.wait_for_url("**?tercatat=langkah")
        assert people.where(file)["standing"]["status"] == "waiting_for_applicant"
        people.do(counter[0].id, intake.AnswerItem, application_id=file, requirement=requirement,
                  document=people.hand_in(a_pdf("surat permohonan")))  # fmt: skip

        def brought_in() -> bool:
            me.go(f"/petugas/langkah/{file}")
            return me.page.locator('[name="hasil"][value="answered"]').count() == 1

        eventually(brought_in, SECONDS)
        me.page.locator('[name="hasil"][value="answered"]').check()
        press(me, "Selesaikan langkah ini")
        me.page.wait_for_url("**?tercatat=langkah")
    while people.where(file)["standing"]["outcome"] is None:
        officer = whose(people, file)
        here = people.where(file)["standing"]["step"]
        with visitor(browser, home, PHONE) as me:
            inside(me, officer, people.passphrase(officer))
            me.go(f"/petugas/langkah/{file}")
            me.page.locator('[name="hasil"]').first.check()
            me.page.get_by_label("Catatan", exact=True).fill(f"Selesai: {here}")
            press(me, "Selesaikan langkah ini")
            me.page.wait_for_url("**?tercatat=langkah")
            assert faultless(me)
    people.wait_for(file, "archived", SECONDS)
