"""The technical team and its Bidang at the portal: the chapters of the story from the offered task to the signed nota,
each with what goes wrong in it."""

import io
from datetime import UTC, datetime, timedelta

import pikepdf
from PIL import ExifTags, Image

from catalogue.office_calendar import office_holidays
from contracts import retribution, technical_team
from tests.e2e.pages import Visitor, Windows, faultless, press
from tests.people import eventually
from tests.turns import SECONDS
from values.dates import office_date
from values.refusal import Refusal
from values.working_days import add_working_days


def case(office: Windows) -> dict:
    """What the team's room knows of the file, once it has come there."""

    def come() -> dict | None:
        try:
            return office.people.ask("operator-1", technical_team.FindCase(application_id=office.file))
        except Refusal as no:
            if no.code != "unknown_case":
                raise
            return None

    return eventually(come, SECONDS, "the case")


def member(office: Windows, skpd: str) -> str:
    """Who has the task of that SKPD."""
    return next(task["officer"] for task in case(office)["tasks"] if task["skpd"] == skpd)


def papers(office: Windows) -> list[str]:
    return [document["kind"] for document in office.people.where(office.file)["documents"]]


def a_photo() -> bytes:
    """A JPEG as a camera in Bekasi would have written it this morning."""
    image, written = Image.new("RGB", (640, 480), (90, 130, 170)), Image.Exif()
    written.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2016:11:15 09:41:00"
    written.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "S",
            ExifTags.GPS.GPSLatitude: (6.0, 14.0, 17.772),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (106.0, 58.0, 32.0628),
        }
    )
    with io.BytesIO() as out:
        image.save(out, "JPEG", exif=written)
        return out.getvalue()


def a_declined_task_goes_to_the_next_member_who_takes_it_once(office: Windows):
    first = member(office, "distako")
    me = office(first)
    eventually(lambda: f"/petugas/tim/{office.file}" in me.go("/petugas/tim").content(), SECONDS)
    assert me.heading == "Tugas saya" and faultless(me)
    eventually(lambda: "Terima tugas ini?" in me.go(f"/petugas/tim/{office.file}").content(), SECONDS)
    assert faultless(me)
    me.page.get_by_text("Tidak dapat mengerjakannya").click()
    me.page.get_by_label("Alasan").first.fill("tak")
    press(me, "Tolak tugas")
    assert "Tulis alasannya" in me.text and faultless(me)
    me.page.get_by_label("Alasan").first.fill("Bertugas di luar kota")
    press(me, "Tolak tugas")
    me.page.wait_for_url("**/petugas/tim")
    second = member(office, "distako")
    assert second != first
    assert "Tugas ini tidak pada Anda" in me.go(f"/petugas/tim/{office.file}").content()
    one, other = office(second), office.window(second)
    for window in (one, other):
        window.go(f"/petugas/tim/{office.file}")
    press(one, "Terima tugas")
    assert "Tugas diterima." in one.text
    press(other, "Terima tugas")
    assert "Belum tercatat" in other.text and faultless(other)


def the_bidang_sees_who_is_free_and_what_is_proposed_and_books(office: Windows):
    me = office(member(office, "disbang"))
    me.go(f"/petugas/tim/{office.file}")
    press(me, "Terima tugas")
    day = add_working_days(office_date(datetime.now(UTC)), 2, office_holidays())
    me.page.get_by_text("Isi waktu yang Anda usulkan").click()
    for label, text in {"Tanggal": day.isoformat(), "Mulai": "10:00", "Selesai": "11:00"}.items():
        me.page.get_by_label(label).fill(text)
    me.page.get_by_label("Alasan").fill("Pagi itu ada apel")
    press(me, "Kirim usul")
    assert "Usul waktu dikirim" in me.text, me.text
    assert faultless(me)
    bidang = office("jasa-usaha-1")
    bidang.go("/petugas/bidang")
    assert "Perlu dijadwalkan" in bidang.text and faultless(bidang)
    assert f"/petugas/bidang/{office.file}/jadwal" in bidang.page.content()
    bidang.go(f"/petugas/bidang/{office.file}/jadwal")
    assert "Pagi itu ada apel" in bidang.text and faultless(bidang)
    for label, text in {"Tanggal": day.isoformat(), "Mulai": "10:00", "Selesai": "11:00"}.items():
        bidang.page.get_by_label(label).fill(text)
    press(bidang, "Tetapkan")
    assert "Jadwal ditetapkan" in bidang.text and "sibuk" in bidang.text and faultless(bidang)
    me.go(f"/petugas/kalender?hari={day}")
    assert "10.00–11.00" in me.text and faultless(me)
    me.go(f"/petugas/kalender?mulai={day}")
    assert "10.00–11.00" in me.text and faultless(me)


def others_do_not_learn_of_the_file_and_other_roles_are_told_whose_page_it_is(office: Windows):
    stranger = office("tertentu-head")
    for page in ("jadwal", "berita-acara", "nota", "putusan"):
        assert stranger.page.goto(f"{office.home}/petugas/bidang/{office.file}/{page}").status == 404
    counter = office("counter-3")
    for page in ("/petugas/tim", "/petugas/bidang", f"/petugas/bidang/{office.file}/nota"):
        assert counter.page.goto(office.home + page).status == 403
    me = office(member(office, "distako"))
    assert me.page.goto(f"{office.home}/petugas/bidang/{office.file}/jadwal").status == 403


def begin_now(office: Windows) -> None:
    """The visit is moved to this moment: by pages one would have to wait for the clock on the wall."""
    now = datetime.now(UTC)
    period = {"starts_at": now + timedelta(seconds=1), "ends_at": now + timedelta(minutes=20), "place": "Di tempat"}
    period["outside_hours_because"] = "Dipindah ke saat uji berjalan"
    fields = {"application_id": office.file, "acted_at": now, **period}
    office.people.do("jasa-usaha-1", technical_team.BookAppointment, **fields)


def on_site_each_answer_is_kept_at_once_and_photos_tell_when_and_where(office: Windows):
    begin_now(office)
    me, at = office(member(office, "distako")), f"/petugas/tim/{office.file}/periksa"
    eventually(lambda: "Hal yang diperiksa" in me.go(at).content(), SECONDS)
    assert faultless(me)
    press(me, "Catat temuan")
    assert "Pilih rekomendasi" in me.text and faultless(me)
    with me.page.expect_response("**/catat"):
        me.page.locator("#sesuai-0-ya").check()
    with me.page.expect_response("**/catat"):
        me.page.locator("#catatan-0").fill("Patok lengkap")
        me.page.locator("#catatan-0").blur()
    me.go(at)
    assert me.page.locator("#sesuai-0-ya").is_checked() and "Tersimpan" in me.text
    plain = office.window(member(office, "distako"), java_script_enabled=False)
    plain.go(at)
    plain.page.locator("#catatan-1").fill("Sesuai gambar")
    press(plain, "Simpan dahulu")
    assert "Jawaban Anda tersimpan." in plain.text
    me.go(at)
    assert me.page.locator("#catatan-1").input_value() == "Sesuai gambar"
    me.page.locator("#berkas").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    me.page.get_by_label("Tempat foto diambil").fill("Sisi depan")
    press(me, "Lampirkan foto")
    assert "Foto belum dilampirkan" in me.text and faultless(me)
    me.page.locator("#berkas").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    press(me, "Lampirkan foto")
    assert "menurut kamera" in me.text and "-6.238270" in me.text and faultless(me)
    assert me.page.locator(".photos img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    assert me.page.locator("#catatan-0").input_value() == "Patok lengkap"
    for skpd in ("distako", "disbang"):
        fill_in(office(member(office, skpd)), at, f"Pendapat {skpd}")


def fill_in(me: Visitor, at: str, opinion: str) -> None:
    me.go(at)
    me.page.locator("#sesuai-1-ya").check()
    me.page.locator("#rekomendasi-recommended").check()
    me.page.get_by_label("Pendapat").fill(opinion)
    press(me, "Catat temuan")
    me.page.wait_for_url("**/berita-acara")


def the_berita_acara_is_read_then_signed_with_the_passphrase_and_a_dissent_is_kept(office: Windows):
    one, other = (member(office, skpd) for skpd in ("distako", "disbang"))
    me = office(one)
    me.go(f"/petugas/tim/{office.file}/berita-acara")
    for part in ("Patok lengkap", "Pendapat disbang", "Sisi depan", "merekomendasikan"):
        assert part in me.text, part
    assert faultless(me)
    me.page.get_by_label("Saya berbeda pendapat").check()
    me.page.get_by_label("Pendapat yang berbeda").fill("Pagar terlalu tinggi")
    me.page.get_by_label("Frasa sandi").fill("bukan frasa sandi saya")
    press(me, "Tanda tangani")
    assert "Frasa sandi tidak cocok" in me.text and faultless(me)
    assert [task["state"] for task in case(office)["tasks"]] == ["found", "found"]
    me.page.get_by_label("Frasa sandi").fill(office.passphrases[one])
    press(me, "Tanda tangani")
    assert "sudah Anda tandatangani" in me.text and "Pagar terlalu tinggi" in me.text and faultless(me)
    head = office("jasa-usaha-head")
    head.go(f"/petugas/bidang/{office.file}/berita-acara")
    assert "Belum dapat diverifikasi" in head.text and faultless(head)
    me = office(other)
    me.go(f"/petugas/tim/{office.file}/berita-acara")
    me.page.get_by_label("Frasa sandi").fill(office.passphrases[other])
    press(me, "Tanda tangani")
    assert "sudah Anda tandatangani" in me.text


def the_head_verifies_and_what_a_member_adds_later_joins_the_file(office: Windows):
    head = office("jasa-usaha-head")
    head.go("/petugas/bidang")
    assert f"/petugas/bidang/{office.file}/berita-acara" in head.page.content() and faultless(head)
    head.go(f"/petugas/bidang/{office.file}/berita-acara")
    press(head, "Verifikasi berita acara ini")
    assert "Berita acara diverifikasi" in head.text and faultless(head)
    eventually(lambda: {"berita_acara", "photo"} <= set(papers(office)), SECONDS, "the paper and its photo")
    printed = next(d for d in office.people.where(office.file)["documents"] if d["kind"] == "berita_acara")
    with pikepdf.open(io.BytesIO(office.people.store.get(printed["sha256"]))) as paper:
        assert len(paper.pages) == 2, "the photo stands on a page of its own"
    me = office(member(office, "distako"))
    me.go(f"/petugas/tim/{office.file}/berita-acara")
    me.page.get_by_label("Tambahan").fill("Sumur resapan sudah dibangun pada hari yang sama")
    me.page.get_by_label("Frasa sandi").fill(office.passphrases[member(office, "distako")])
    press(me, "Tanda tangani tambahan")
    assert "Tambahan sudah ditandatangani" in me.text and faultless(me)
    eventually(lambda: "addendum" in papers(office), SECONDS, "the addendum")


def the_nota_is_seen_line_by_line_before_it_is_kept_and_signed_with_the_passphrase(office: Windows):
    officer, head = office("jasa-usaha-1"), office("jasa-usaha-head")
    at = f"/petugas/bidang/{office.file}/nota"
    eventually(lambda: "Simpan sebagai nota" in officer.go(at).content(), SECONDS, "the assessment")
    assert "Hitungan hari ini" in officer.text and faultless(officer)
    asked = retribution.FindAssessment(application_id=office.file)
    assert office.people.ask("operator-1", asked)["nota"] is None
    press(officer, "Simpan sebagai nota")
    assert "Nota disusun" in officer.text and faultless(officer)
    head.go("/petugas/bidang?daftar=nota_to_sign")
    assert at in head.page.content() and faultless(head)
    head.go(at)
    head.page.get_by_label("Frasa sandi").fill("bukan frasa sandi saya")
    press(head, "Tanda tangani nota")
    assert "Frasa sandi tidak cocok" in head.text and faultless(head)
    head.page.get_by_label("Frasa sandi").fill(office.passphrases["jasa-usaha-head"])
    press(head, "Tanda tangani nota")
    assert "Nota ditandatangani." in head.text and faultless(head)
    assert office.people.ask("operator-1", asked)["nota"]["number"].startswith("NP-")


def the_head_lets_a_file_stand_and_go_on_with_a_reason(office: Windows):
    head, at = office("jasa-usaha-head"), f"/petugas/bidang/{office.file}/putusan"
    head.go(at)
    assert faultless(head)
    for what, reason, said in (
        ("tangguhkan", "Tanah dalam sengketa di pengadilan", "Berkas ditangguhkan."),
        ("lanjutkan", "Putusan pengadilan sudah tetap", "Berkas dilanjutkan."),
    ):
        head.page.locator(f"#putusan-{what}").check()
        head.page.locator("#alasan").fill("pendek")
        press(head, "Catat putusan")
        assert "Tulis alasan" in head.text and faultless(head)
        head.page.locator("#alasan").fill(reason)
        press(head, "Catat putusan")
        assert said in head.text and faultless(head)
    head.go("/petugas/izin?nomor=503/Kep.1-BPPT/I/2016")
    assert faultless(head)
