"""Operators and the archivist at the portal, with the whole office behind it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import orjson
import pytest
from playwright.sync_api import Browser
from pymongo import MongoClient

from contracts import archive, intake
from plumbing.messaging.envelope import Cause, new_id, wrap
from plumbing.messaging.publisher import Letter, Publisher
from plumbing.messaging.topology import PARKED
from tests.away import kept_away
from tests.conftest import Stack
from tests.e2e.pages import DESK, PHONE, Visitor, faultless, visitor
from tests.people import People, eventually
from tests.turns import SECONDS
from values.refusal import Refusal

QUEUE = "noticeboard.on_application_moved.intake.ApplicationMoved"
WHY = "papan pengumuman sudah diperbaiki"


@pytest.fixture(scope="module")
def admin(stack: Stack) -> Iterator[MongoClient]:
    with MongoClient(stack.environment("set_up")["PTSP_DATABASE_URL"]) as client:
        yield client


@pytest.fixture(scope="module")
def signs_in(people: People):
    """Let a visitor in as that officer, with one passphrase for all tests."""
    given: dict[str, str] = {}

    def sign_in(me: Visitor, officer: str) -> None:
        secret = given.get(officer) or given.setdefault(officer, people.passphrase(officer))
        me.go("/petugas/masuk")
        me.page.locator("[name=nama]").fill(officer)
        me.page.locator("[name=sandi]").fill(secret)
        me.page.locator("form[action='/petugas/masuk'] button").click()
        me.page.wait_for_url(re.compile("/petugas(/akun)?$"))

    return sign_in


def moved(**change) -> bytes:
    event = intake.ApplicationMoved.make_example().model_copy(update=change)
    return orjson.dumps(wrap(event, Cause.first(), datetime.now(UTC)))


def publish(stack: Stack, letter: Letter) -> None:
    publisher = Publisher(stack.environment("set_up")["PTSP_BROKER_URL"])
    publisher.publish([letter])
    publisher.close()


def poison(stack: Stack) -> str:
    """Say a fact that the noticeboard must refuse, about a licence type that there is not; the application's id."""
    application = uuid4().hex
    body = moved(application_id=application, licence_type="terbang")
    publish(stack, Letter("intake.events", "ApplicationMoved", body))
    return application


def press(me: Visitor, name: str) -> None:
    me.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    me.page.wait_for_load_state()


def test_a_poisoned_message_is_seen_in_office_words_and_given_up_with_a_reason(
    browser: Browser, home: str, stack: Stack, admin: MongoClient, signs_in
):
    application = poison(stack)
    with visitor(browser, home, PHONE) as me, visitor(browser, home, DESK, "en") as other:
        signs_in(me, "operator-1")
        eventually(lambda: "disisihkan dan menunggu" in me.go("/petugas/operator").inner_text("main"), SECONDS)
        assert "Ada yang perlu ditangani operator" in me.text and faultless(me)
        me.page.get_by_role("link", name=re.compile(r"\d+ pesan disisihkan")).click()
        assert "ditolak oleh aturan ruang ini" in me.text and "giliran operator" in me.text and faultless(me)
        me.page.get_by_role("link", name=application).click()
        assert "Menunggu keputusan operator" in me.text and "disembunyikan" in me.text and faultless(me)
        assert "S*** R***" not in me.page.content(), "what may be personal is not shown, masked or not"
        press(me, "Buang")
        assert me.heading == "Buang 1 pesan?" and faultless(me)
        me.page.get_by_label("Alasan").fill("ok")
        press(me, "Ya, buang")
        assert "paling sedikit sepuluh huruf" in me.text and faultless(me)
        me.page.get_by_label("Alasan").fill("jenis izin itu tidak pernah ada")
        press(me, "Ya, buang")
        assert "Keputusan tercatat" in me.text and "jenis izin itu tidak pernah ada" in me.text and faultless(me)
        assert me.page.get_by_role("link", name=application).count() == 0, "gone from what waits"
        [line] = admin.bus.audit.find({"about.application": application})
        assert (line["what"], line["operator"], line["address"]) == ("discard", "operator-1", "127.0.0.1")
        signs_in(other, "operator-1")
        other.go("/petugas/operator")
        assert "Queues" in other.text and "Second site" in other.text and faultless(other)


def test_chosen_messages_are_replayed_once_with_a_reason_and_the_line_stands_in_the_audit(
    browser: Browser, home: str, stack: Stack, admin: MongoClient, signs_in
):
    applications = [uuid4().hex, uuid4().hex]
    for application in applications:
        headers = {"queue": QUEUE, "room": "noticeboard", "attempts": 6, "reason": "OSError: off"}
        publish(stack, Letter(PARKED, QUEUE, moved(application_id=application), headers, new_id()))
    with visitor(browser, home, DESK) as me:
        signs_in(me, "operator-1")
        me.go("/petugas/operator/disisihkan")
        for application in applications:
            me.page.locator("li", has_text=application).get_by_role("checkbox").check()
        press(me, "Putar ulang yang dipilih")
        assert me.heading == "Putar ulang 2 pesan?"
        me.page.get_by_label("Alasan").fill(WHY)
        press(me, "Ya, putar ulang")
        assert me.text.count("diputar ulang") >= 2 and faultless(me)
        me.page.reload()  # the form is sent once more: the same decision
        assert "Keputusan tercatat" in me.text
    for application in applications:
        eventually(lambda id=application: admin.noticeboard.notices.find_one({"_id": id}), SECONDS, "the notice")
        [line] = admin.bus.audit.find({"about.application": application})
        assert (line["what"], line["why"]) == ("replay", WHY)


def test_nobody_but_an_operator_sees_the_bus_and_nobody_but_the_archivist_searches_the_archive(
    browser: Browser, home: str, signs_in
):
    with visitor(browser, home) as me:
        me.go("/petugas/operator")
        assert me.heading == "Masuk sebagai petugas"
        signs_in(me, "archivist")
        assert me.page.goto(home + "/petugas/operator").status == 403
        assert me.page.goto(home + "/petugas/operator/disisihkan/00000000").status == 403
        signs_in(me, "operator-1")
        assert me.page.goto(home + "/petugas/arsip").status == 403


def test_with_the_broker_away_the_page_says_so_and_how_old_its_knowledge_is(
    browser: Browser, home: str, stack: Stack, admin: MongoClient, signs_in
):
    with visitor(browser, home, PHONE) as me:
        signs_in(me, "operator-1")
        eventually(lambda: admin.operations.pictures.find_one({"problem": None}), 60, "a picture")
        with kept_away(stack, "broker"):
            eventually(lambda: admin.operations.pictures.find_one({"problem": {"$ne": None}}), 60, "the problem")
            me.go("/petugas/operator")
            assert "Jalur pesan tidak dapat dilihat" in me.text and "tidak dapat dihubungi" in me.text
            assert "Yang tertulis di bawah adalah keadaan pada" in me.text and faultless(me)
            assert me.page.goto(home + "/petugas/operator/disisihkan").status == 503 and faultless(me)


def test_with_the_room_away_the_last_picture_is_shown_and_deciding_waits(
    browser: Browser, home: str, stack: Stack, admin: MongoClient, signs_in
):
    with visitor(browser, home, DESK) as me:
        signs_in(me, "operator-1")
        eventually(lambda: admin.operations.pictures.find_one({"problem": None}), 60, "a picture")
        with kept_away(stack, "operations"):
            me.go("/petugas/operator")
            assert (
                "Ruang operasi atau perantara pesan tidak menjawab" in me.text
                and "Antrean" in me.text
                and faultless(me)
            )
            me.go("/petugas/operator/putuskan?tindakan=buang&pesan=0123456789abcdef")
            me.page.get_by_label("Alasan").fill("tidak diperlukan lagi")
            press(me, "Ya, buang")
            assert "belum menjawab" in me.text and faultless(me)
            typed = me.page.get_by_label("Alasan").input_value()
        assert typed == "tidak diperlukan lagi", "what was typed is still there"
        press(me, "Ya, buang")
        assert "Tidak ada entri 01234567" in me.text


def test_the_archivist_finds_a_closed_file_verifies_both_copies_and_reads_a_paper(
    browser: Browser, home: str, people: People, signs_in
):
    name = f"Kartini {uuid4().hex[:6]}"
    file = people.submit("siup", sub_kind="kecil", applicant=intake.APPLICANT_EXAMPLE | {"name": name})
    people.tick(file, "siup", "kecil")
    people.soon("counter-2", intake.WithdrawApplication, application_id=file, reason="pemohon pindah kota")
    question = archive.FindBundle(application_id=file)
    eventually(lambda: _proven(people, question), SECONDS, "the bundle at the second site")
    with visitor(browser, home, PHONE) as me:
        signs_in(me, "archivist")
        me.go("/petugas/arsip").get_by_label("Nama pemohon").fill(name.lower())
        press(me, "Cari")
        assert name in me.text and "di dua lokasi" in me.text and faultless(me)
        me.page.locator(".offers a").first.click()
        assert "Salinan lokasi kedua" in me.text and faultless(me)
        press(me, "Periksa kedua salinan sekarang")
        assert "Kedua salinan cocok" in me.text and faultless(me)
        link = me.page.get_by_role("link", name="Resi pendaftaran").get_attribute("href")
        paper = me.page.request.get(home + link)
        assert paper.status == 200 and paper.body()[:4] == b"%PDF"
        assert me.page.request.get(home + link[:-64] + "0" * 64).status == 404
        me.go(f"/petugas/arsip/{file}")
        assert "Dokumen dibuka" in me.text and "Kirana Rimbaraya" in me.text
        me.go("/petugas/arsip?nama=" + name.split()[0] + "&mulai=kemarin")
        assert "Tulis hari" in me.text and faultless(me)
    acts = [(h["what"], h["actor"]) for h in people.ask("archivist", question)["history"]]
    assert acts[-2:] == [("bundle_verified", "archivist"), ("paper_opened", "archivist")]


def _proven(people: People, question: archive.FindBundle) -> bool:
    try:
        return people.ask("archivist", question)["proven"]
    except Refusal:  # not sealed yet
        return False
