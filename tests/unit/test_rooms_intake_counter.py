"""At the counter: a file is handed in, ticked item by item, completed, registered, taken back, refused, asked after."""

from datetime import UTC, date, datetime, timedelta

import pytest

from catalogue.licences import licence_type
from contracts import intake, retribution
from plumbing.numbering import allocate
from services.intake import actions, heard, printing, store
from tests.builders import (
    FILE,
    NOW,
    SIUP,
    Counter,
    Drawers,
    Papers,
    fact,
    officer,
    on,
    order,
    refused,
    submission,
    warga,
)
from values.refusal import Refusal
from values.resi import Resi

# --- handing in ------------------------------------------------------------------------------------------------------


def submit(code: str = "siup", sub_kind: str | None = "kecil", **changes) -> Drawers:
    drawers = Drawers()
    drawers.ask(actions.submit, submission(Papers(), code, sub_kind, **changes), "counter-2")
    return drawers


def test_a_file_is_handed_in_once_and_remembers_the_edition_of_its_type():
    counter = Counter()
    assert counter.record.edition == licence_type("siup").edition
    refused("already_submitted", lambda: counter.drawers.ask(actions.submit, counter.order, "counter-2"))


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("unknown_licence_type", {"licence_type": "siap"}),
        ("unknown_sub_kind", {"sub_kind": "raksasa"}),
        ("unknown_sub_kind", {"sub_kind": None}),
        ("unknown_quantity", {"quantities": {"luas_m2": "1"}}),
        ("in_the_future", {"acted_at": NOW + timedelta(hours=1)}),
        ("before_previous_step", {"acted_at": on(3, 1).replace(year=2009, month=2, day=9)}),
        ("before_previous_step", {"acted_at": datetime(1, 1, 1, tzinfo=UTC)}),
    ],
)
def test_what_the_office_cannot_take_in_is_refused_by_field(code, wrong):
    no = refused(code, lambda: submit(**wrong) if "licence_type" not in wrong else _unknown_type())
    assert no.field


def _unknown_type():
    drawers = Drawers()
    drawers.ask(actions.submit, submission(Papers(), "siup", "kecil", licence_type="siap"), "counter-2")


def test_a_type_is_taken_in_only_while_it_is_open():
    asked = {"quantities": {"jenis_tempat": "bar"}, "acted_at": on(3, 1).replace(year=2014)}
    refused("type_not_open", lambda: submit("siup_mb", "baru", **asked))
    assert submit("siup_mb", "baru", **asked | {"acted_at": on(3, 1)}).heard(intake.ApplicationSubmitted)


@pytest.mark.parametrize("quantities", [{}, {"luas_m2": "0.5", "waktu": "tetap"}, {"luas_m2": "x", "waktu": "tetap"}])
def test_quantities_are_checked_when_they_come_in(quantities):
    with pytest.raises(Refusal) as no:
        submit("imb", "rumah_tinggal", quantities=quantities)
    assert no.value.field == "luas_m2"


def test_only_papers_that_were_asked_for_are_taken_and_none_passes_for_a_paper_of_the_office():
    papers = Papers()
    strange = [{"requirement": "surat_cinta", "document": papers.hand_in()}]
    assert "ktp" in refused("unknown_requirement", lambda: submit(attachments=strange)).remedy
    licence = [{"requirement": "ktp", "document": papers.hand_in(kind="licence", number="503/Kep.1-BPPT/I/2016")}]
    assert refused("not_an_attachment", lambda: submit(attachments=licence)).field == "attachments"


# --- ticking ---------------------------------------------------------------------------------------------------------


def test_everything_complete_gives_the_resi_and_the_promised_day():
    counter = Counter()
    answer = counter.tick()
    assert answer == {"resi": Resi.format(1, 2016), "promised_on": "2016-03-11", "lacking": [], "unticked": []}
    [said] = counter.drawers.heard(intake.ApplicationRegistered)
    assert (said.resi, said.promised_on) == (Resi.format(1, 2016), date(2016, 3, 11))
    assert len(counter.drawers.heard(intake.IssuanceDue)) == 1


def test_the_promised_day_skips_the_weekend_and_nyepi():
    """Seven working days from Tuesday, 1 March 2016: Wednesday 9 March was Nyepi."""
    assert Counter().tick()["promised_on"] == "2016-03-11"
    assert Counter().tick(at=on(3, 4, 16))["promised_on"] == "2016-03-16"


def test_what_lacks_is_asked_for_item_by_item_and_there_is_no_resi_yet():
    counter = Counter("ktp")
    assert counter.tick(ktp="missing", akta="wrong")["lacking"] == ["akta", "ktp"]
    [asked] = counter.drawers.heard(intake.ItemsRequested)
    assert [(item.requirement, item.note) for item in asked.items] == [
        ("akta", "catatan loket"),
        ("ktp", "catatan loket"),
    ]
    assert counter.record.resi is None
    assert refused("wrong_state", counter.tick).field == "application_id"


def test_a_file_half_ticked_is_neither_registered_nor_sent_back():
    counter = Counter("ktp")
    first = [code for code in SIUP if code not in ("ktp", "akta")]
    assert counter.tick(only=first) == {"resi": None, "lacking": [], "unticked": ["akta", "ktp"]}
    assert counter.tick(at=on(3, 1, 11), only=["ktp"], ktp="missing")["unticked"] == ["akta"]
    assert counter.drawers.heard(intake.ItemsRequested) == []
    assert counter.tick(at=on(3, 1, 12), only=["akta"])["lacking"] == ["ktp"]
    assert len(counter.drawers.heard(intake.ItemsRequested)) == 1


def test_when_all_is_answered_the_counter_looks_again_and_registers():
    counter = Counter("ktp", "akta")
    counter.tick(ktp="missing", akta="missing")
    assert counter.answer("ktp") == {"still_open": ["akta"]}
    refused("wrong_state", lambda: counter.tick(at=on(3, 2, 10)))
    assert counter.answer("akta", at=on(3, 2, 11)) == {"still_open": []}
    assert counter.tick(at=on(3, 3), only=["ktp", "akta"])["resi"]


def test_a_second_look_may_ask_again_and_each_list_has_its_own_number():
    counter, numbers = Counter("ktp"), []
    for day in (1, 3):
        counter.tick(at=on(3, day, 10), only=SIUP if day == 1 else ["ktp"], ktp="wrong" if day == 3 else "missing")
        event = counter.drawers.heard(intake.ItemsRequested)[-1]
        counter.drawers.let(printing.print_list_of_requests(counter.papers, counter.drawers, event))
        numbers.append(counter.papers.made["daftar_kekurangan"]["number"])
        counter.answer("ktp", at=on(3, day + 1))
    assert numbers == ["0001/DK/BPPT/2016", "0002/DK/BPPT/2016"]


def test_an_answer_nobody_asked_for_is_refused():
    counter = Counter("ktp")
    counter.tick(ktp="missing")
    refused("not_requested", lambda: counter.answer("akta"))
    refused("unknown_requirement", lambda: counter.answer("surat_cinta"))
    assert refused("not_an_attachment", lambda: counter.answer("ktp", kind="resi")).field == "document"
    counter.withdraw()
    refused("already_closed", lambda: counter.answer("ktp", at=on(3, 4)))


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_resi_numbers_have_no_gaps_and_one_file_has_one():
    drawers, resi = Drawers(), []
    for n in range(1, 6):
        counter = Counter(drawers=drawers, application_id=f"file-{n:04d}")
        if n == 3:
            refused("in_the_future", lambda counter=counter: counter.tick(at=NOW + timedelta(days=1)))
        resi.append(counter.tick()["resi"])
    assert [number[:13] for number in resi] == [f"R-2016-{n:06d}" for n in range(1, 6)]
    assert drawers.let(lambda book: allocate(book, "resi/2016", "file-0002"), times=3) == 2
    assert drawers.let(lambda book: allocate(book, "resi/2017", "file-0002")) == 1


# --- taking back, refusing, asking after ----------------------------------------------------------------------------


def test_a_file_is_withdrawn_by_its_owner_only_and_once():
    drawers, papers = Drawers(), Papers()
    drawers.ask(actions.submit, submission(papers, "siup", "kecil", channel="online"), warga("warga-1"))
    take_back = order(intake.WithdrawApplication, reason="Rencana dibatalkan", acted_at=on(3, 2))
    refused("not_yours", lambda: drawers.ask(actions.withdraw, take_back, warga("warga-2")))
    drawers.ask(actions.withdraw, take_back, warga("warga-1"))
    assert drawers.heard(intake.ApplicationWithdrawn)[0].reason == "Rencana dibatalkan"
    refused("already_closed", lambda: drawers.ask(actions.withdraw, take_back, "counter-2"))


def test_a_file_from_the_counter_is_nobodys_on_line():
    counter = Counter()
    refused("not_yours", lambda: counter.withdraw(who=warga("warga-1")))


def test_only_the_head_of_the_bidang_of_the_type_refuses_and_the_letter_is_numbered():
    counter = Counter()
    reason = order(intake.RefuseApplication, reason="Lokasi tidak sesuai peruntukan ruang", acted_at=on(3, 2))
    refused("wrong_bidang", lambda: counter.drawers.ask(actions.refuse, reason, "tertentu-head"))
    counter.drawers.ask(actions.refuse, reason, "jasa-usaha-head")
    assert counter.record.letter_number == "503/0001/TOLAK-BPPT/III/2016"
    assert counter.drawers.heard(intake.ApplicationRefused)[0].refused_by == "jasa-usaha-head"
    refused("already_closed", lambda: counter.drawers.ask(actions.refuse, reason, "jasa-usaha-head"))


def test_a_step_entered_from_paper_never_lies_before_the_one_that_preceded_it():
    counter = Counter()
    refused("before_previous_step", lambda: counter.tick(at=on(2, 28)))
    refused("before_previous_step", lambda: counter.withdraw(at=on(3, 1, 8, 59)))
    assert counter.tick(at=on(3, 1))["resi"]


def test_where_is_my_file_is_answered_by_resi_or_id_and_to_its_owner():
    counter = Counter()
    resi = counter.tick()["resi"]

    def ask(actor, **key):
        return actions.find(counter.drawers, intake.FindApplication(**key), actor)

    assert ask(officer("counter-1"), resi=f" {resi.lower()} ")["application_id"] == FILE
    found = ask(officer("head-2014"), application_id=FILE)
    assert found["standing"]["status"] == "in_issuance" and "nik" not in str(found)
    for key in ({}, {"resi": resi, "application_id": FILE}):
        refused("one_key", lambda key=key: ask(officer("counter-1"), **key))
    refused("unknown_resi", lambda: ask(officer("counter-1"), resi=Resi.format(2, 2016)))
    refused("resi_check_digit", lambda: ask(officer("counter-1"), resi=resi[:-1] + "0"))
    refused("unknown_application", lambda: ask(officer("counter-1"), application_id="nothing"))
    refused("not_yours", lambda: ask(warga(), application_id=FILE))


def test_a_fact_about_a_file_that_is_not_here_yet_waits():
    with pytest.raises(store.NotYet):
        Drawers().hear(heard.take_nota, fact(retribution.NotaPerhitunganFiled))


def test_the_resi_names_who_gave_it_and_what_comes_next():
    counter = Counter()
    counter.tick()
    event = counter.drawers.heard(intake.ApplicationRegistered)[0]
    counter.drawers.let(printing.print_resi(counter.papers, counter.drawers, event))
    made = counter.papers.made["resi"]
    assert made["officer"]["position"] == "Loket Pendaftaran" and made["promised_date"] == "11 Maret 2016"
    assert len(made["documents"]) == len(SIUP) and made["licence"]["sub_kind"] == "Perusahaan Kecil"
    assert counter.drawers.heard(intake.ResiIssued)[0].document.number == event.resi
    assert counter.record.history[-1].at == on(3, 1, 10), "entered under the paper's own time"


def test_a_paper_that_this_file_does_not_need_is_said_so_with_its_reason():
    first, *_ = SIUP
    counter = Counter(first)
    answer = counter.tick(**{first: "not_applicable"})
    assert answer["resi"], "nothing lacks"
    item = next(item for item in counter.record.items if item.requirement == first)
    assert (item.state, item.note, item.document) == ("not_applicable", "catatan loket", None)
    [said] = [h.note for h in counter.record.history if h.what == "not_applicable"]
    assert said == f"{item.name}: catatan loket"
    short = {"requirement": first, "verdict": "not_applicable", "note": "milik"}
    checked = order(intake.CheckCompleteness, application_id=FILE, findings=[short], acted_at=on(3, 1, 10))
    other = Counter(first)
    checked = checked.model_copy(update={"application_id": other.file})
    refused("no_reason", lambda: other.drawers.ask(actions.check_completeness, checked, "counter-2"))
