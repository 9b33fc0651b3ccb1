"""Notification: at every turn the right letter to the right person, remembered with what became of it."""

import smtplib
from email import message_from_bytes
from email.policy import default
from threading import Lock
from types import SimpleNamespace

import pytest

from contracts import archive, intake, issuance, notification, retribution, technical_team
from contracts.documents import example as paper
from services.notification import actions, arrears, demands, limits, store
from services.notification.gateways import MailServerAway, Post
from services.notification.templates.compose import Letter
from tests.builders import FILE, Drawers, fact, on

SITI = "siti@warga.example"


class Postman:
    """Takes letters as the mail server would, and keeps them."""

    public_url = "https://izin.example"
    settings = SimpleNamespace(mail_from="bppt@bekasi.example")

    def __init__(self, outcome=("sent", "250")):
        self.outcome, self.sent = outcome, []

    def send(self, address, letter, message_id, papers):
        self.sent.append((address, letter, message_id, papers))
        return self.outcome


class File:
    """What notification knows of one file, from its submission on."""

    def __init__(self, registered: bool = True, outcome=("sent", "250"), **applicant):
        self.drawers, self.post = Drawers(), Postman(outcome)
        event = fact(intake.ApplicationSubmitted, applicant=intake.APPLICANT_EXAMPLE | applicant)
        self.drawers.let(lambda book: actions.remember_applicant(book, event))
        self.tell(actions.tell_received, intake.PapersInspected)
        if registered:
            self.drawers.let(lambda book: actions.remember_registered(book, fact(intake.ApplicationRegistered)))

    def tell(self, act, kind, **changes):
        event = fact(kind, **changes)
        self.drawers.let(act(self.post, self.drawers, event))
        return event

    @property
    def last(self):
        return self.post.sent[-1]

    def deliveries(self):
        return actions.deliveries_of(self.drawers, notification.DeliveriesOf(application_id=FILE))


# (act, what was heard, the turn, what the letter must say, how many papers go with it)
TURNS = [
    (actions.tell_requests, intake.ItemsRequested, "kekurangan", "NPWP perusahaan: Belum dilampirkan", 0),
    (actions.tell_resi, intake.ResiIssued, "terdaftar", "16 Maret 2016", 1),
    (actions.tell_withdrawn, intake.ApplicationWithdrawn, "dicabut", "30 November 2016", 0),
    (actions.tell_refused, intake.RefusalLetterIssued, "ditolak", "3 Januari 2017", 1),
    (actions.tell_appointment, technical_team.AppointmentBooked, "jadwal", "09.00 WIB", 0),
    (actions.tell_berita_acara, technical_team.BeritaAcaraFiled, "berita_acara", "direkomendasikan", 0),
    (actions.tell_skrd, retribution.SkrdIssued, "skrd", "Rp 187.625", 1),
    (actions.tell_paid, retribution.ReceiptIssued, "lunas", "15 Maret 2016 pukul 11.20 WIB", 1),
    (demands.tell_change_proposed, retribution.ChangeProposed, "perubahan_diterima", "14 September 2016", 0),
    (arrears.tell_further_paid, retribution.FurtherReceiptIssued, "pembayaran_susulan", "TBP-2016-00011", 1),
    (arrears.tell_teguran, retribution.TeguranRaised, "teguran", "Rp 191.378", 0),
    (arrears.tell_strd, retribution.StrdIssued, "strd", "STRD-2016-00002", 1),
    (actions.tell_issued, issuance.LicenceIssued, "terbit", "K7QF-3M2P-X9DA", 0),
    (actions.tell_handed_over, issuance.LicenceHandedOver, "diserahkan", "11 Maret 2016", 0),
    (actions.tell_archived, archive.BundleReplicated, "diarsipkan", "11 Maret 2016", 0),
]


@pytest.mark.parametrize(("act", "kind", "turn", "said", "papers"), TURNS, ids=[turn for _, _, turn, *_ in TURNS])
def test_at_every_turn_the_applicant_is_told(act, kind, turn, said, papers):
    file = File()
    file.tell(act, kind)
    address, letter, _, attached = file.last
    assert address == SITI and "Siti Rahmawati" in letter.text
    assert said in " ".join(letter.text.split()) and said in " ".join(letter.html.split())
    assert len(attached) == papers
    assert "R-2016-000123-7" in letter.text
    told = file.deliveries()[-1]
    assert (told["turn"], told["to"], told["outcome"]) == (turn, "applicant", "sent")


def test_what_the_office_itself_asks_for_is_told_when_it_is_decided():
    file = File()
    before = file.deliveries()
    asked = retribution.ChangeProposed.make_example()
    ours = asked.model_copy(update={"kind": "cancellation", "decide_by": None})
    file.drawers.let(demands.tell_change_proposed(file.post, file.drawers, ours))
    assert file.deliveries() == before


def test_the_first_letter_names_the_file_by_what_it_has_before_its_resi():
    file = File(registered=False)
    assert file.last[0] == SITI and f"P-{FILE[-12:].upper()}" in file.last[1].text
    assert [told["turn"] for told in file.deliveries()] == ["diterima"]


def test_the_officer_is_invited_not_the_applicant():
    file = File()
    file.tell(actions.invite, technical_team.TaskOffered, skpd="distako", officer_id="tim-distako-1")
    address, letter, *_ = file.last
    assert address == "tim-distako-1@distako.bekasi.example" and "Zahirana" in letter.text
    assert file.deliveries()[-1]["to"] == "officer"


def test_a_moved_appointment_says_from_when_to_when():
    file = File()
    first = fact(technical_team.AppointmentBooked)
    file.tell(actions.tell_appointment, technical_team.AppointmentBooked)
    moved = {"starts_at": on(3, 14, 13), "ends_at": on(3, 14, 14), "moved": True, "formerly_at": first.starts_at}
    file.tell(actions.tell_appointment, technical_team.AppointmentBooked, **moved)
    text = " ".join(file.last[1].text.split())
    assert first.starts_at == on(3, 9) and "9 Maret 2016 pukul 09.00 WIB" in text and "14 Maret 2016" in text


def test_the_last_day_to_object_is_21_working_days_off_as_in_the_letter_itself():
    """From Wednesday, 30 November 2016: 12 and 26 December and 2 January were holidays."""
    file = File()
    file.tell(actions.tell_refused, intake.RefusalLetterIssued)
    assert "3 Januari 2017" in " ".join(file.last[1].text.split())


def test_receipt_and_handover_name_what_they_are_about():
    file = File()
    file.tell(actions.tell_skrd, retribution.SkrdIssued)
    file.tell(actions.tell_paid, retribution.ReceiptIssued)
    assert "4.1.2.03.01/00012/2016" in file.last[1].text and "Rp 187.625" in file.last[1].text
    file.tell(actions.tell_issued, issuance.LicenceIssued)
    file.tell(actions.tell_handed_over, issuance.LicenceHandedOver)
    assert "503/Kep.12-BPPT/III/2016" in file.last[1].text


def test_what_belongs_into_the_letter_is_waited_for():
    with pytest.raises(store.NotYet):
        actions.tell_resi(Postman(), File(registered=False).drawers, fact(intake.ResiIssued))
    with pytest.raises(store.NotYet):
        actions.tell_withdrawn(Postman(), Drawers(), fact(intake.ApplicationWithdrawn))


def test_without_an_address_nothing_is_sent_and_that_is_remembered():
    file = File(email=None)
    file.tell(actions.tell_resi, intake.ResiIssued)
    assert file.post.sent == []
    assert [told["outcome"] for told in file.deliveries()] == ["no_address", "no_address"]


def test_a_dead_address_is_remembered_as_such():
    file = File(outcome=("refused", "recipient refused: 550"))
    assert (file.deliveries()[0]["outcome"], file.deliveries()[0]["detail"]) == ("refused", "recipient refused: 550")


def test_the_same_turn_told_again_is_the_same_message():
    file = File()
    for _ in range(2):
        file.tell(actions.tell_resi, intake.ResiIssued)
    ids = [message_id for _, _, message_id, _ in file.post.sent]
    assert ids[1] == ids[2] != ids[0]
    assert [told["turn"] for told in file.deliveries()].count("terdaftar") == 1
    file.tell(actions.tell_resi, intake.ResiIssued, document=paper("resi", "R-2016-000124-0"))
    assert file.last[2] not in ids


# --- the window ------------------------------------------------------------------------------------------------------

LETTER = Letter("Perihal: 1 m²", "Isi " + "x" * 1200, f"<p>{'é' * 900}</p>")


class Server:
    """A mail server that answers as told, one answer for each try."""

    def __init__(self, *answers):
        self.answers, self.tries = list(answers), 0

    def sendmail(self, sender, addresses, message):
        self.tries += 1
        read = message_from_bytes(message, policy=default)
        assert read["Message-ID"] == "<id@bekasi.example>" and read["To"] == addresses[0]
        assert [read.get_body([kind]).get_content().strip() for kind in ("plain", "html")] == [LETTER.text, LETTER.html]
        assert max(map(len, message.splitlines())) < 998, "what no server takes"
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer


def post(server: Server) -> Post:
    window = Post.__new__(Post)
    window.settings, window._lock, window._server = Postman.settings, Lock(), None
    window._open = lambda: server
    return window


@pytest.mark.parametrize(
    "address",
    ["a,b@x.example", "a;b@x.example", "wärga@x.example", "a@wärga.example", '"a@x.example', "<a@x.example",
     "grup:;a@x.example", "a@x..example", "a\x00b@x.example", "a@x.example,b"],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused_and_no_server_is_asked(address):
    server = Server()
    assert post(server).send(address, LETTER, "id", [])[0] == "refused"
    assert server.tries == 0


@pytest.mark.parametrize("address", [SITI, "tim-distako-1@distako.bekasi.example", "o'neil+izin_2@a-b.example"])
def test_a_plain_address_is_sent_to(address):
    assert post(Server()).send(address, LETTER, "id", []) == ("sent", "250")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([smtplib.SMTPRecipientsRefused({SITI: (550, b"no such user")})], "refused"),
        ([smtplib.SMTPDataError(554, b"spam")], "refused"),
        ([smtplib.SMTPServerDisconnected("gone")], "sent"),
        ([ConnectionResetError("gone")], "sent"),
    ],
)
def test_no_for_good_is_an_outcome_and_a_lost_connection_is_tried_once_more(answers, outcome):
    assert post(Server(*answers)).send(SITI, LETTER, "id", [])[0] == outcome


@pytest.mark.parametrize(
    "answers",
    [
        [smtplib.SMTPRecipientsRefused({SITI: (450, b"later")})],
        [smtplib.SMTPDataError(421, b"later")],
        [ConnectionRefusedError("away"), ConnectionRefusedError("away")],
        [TimeoutError("silent"), TimeoutError("silent")],
    ],
)
def test_a_server_that_is_away_or_busy_makes_the_letter_wait(answers):
    with pytest.raises(MailServerAway):
        post(Server(*answers)).send(SITI, LETTER, "id", [])


@pytest.mark.parametrize(
    ("role", "turn", "address"),
    [
        ("applicant", "pengingat_pemohon", SITI),
        ("counter", "pengingat", "counter-1@administrasi.bekasi.example"),
        ("technical_officer", "pengingat", "jasa-usaha-head@jasa-usaha.bekasi.example"),
        ("tata_usaha_head", "pengingat", "tata-usaha-head@tata-usaha.bekasi.example"),
    ],
)
def test_a_reminder_goes_to_whoever_holds_the_file(role, turn, address):
    file = File()
    file.tell(limits.remind, intake.ReminderRaised, role=role, bidang="jasa_usaha")
    assert (file.last[0], file.deliveries()[-1]["turn"]) == (address, turn)
    assert "10 Maret 2016" in file.last[1].text


@pytest.mark.parametrize(("level", "who"), [(1, "jasa-usaha-head@jasa-usaha"), (2, "head-2014@kepala")])
def test_a_limit_that_is_reached_is_told_to_those_above(level, who):
    file = File()
    file.tell(limits.escalate, intake.EscalationRaised, level=level, bidang="jasa_usaha")
    address, letter, *_ = file.last
    assert address == f"{who}.bekasi.example"
    assert "Anggota Tim Teknis" in letter.text and "Verifikasi teknis" in letter.text
    assert "Siti" not in letter.text, "an officer is told of the file, not of the person"


def test_a_file_that_lapsed_is_told_apart_from_one_that_was_taken_back():
    file = File(registered=False)
    reason = "Berkas tidak dilengkapi sampai dengan 31 Maret 2016."
    file.tell(actions.tell_withdrawn, intake.ApplicationWithdrawn, reason=reason, lapsed=True)
    assert file.deliveries()[-1]["turn"] == "gugur" and reason in " ".join(file.last[1].text.split())
