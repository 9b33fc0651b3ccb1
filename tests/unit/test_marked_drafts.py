"""Urgent and secret papers: whose initial may be left out, who may say so, what is remembered of it."""

import pytest

from catalogue.licences import licence_type
from contracts import intake, issuance
from contracts.people import Actor
from services.intake import heard, store
from services.issuance import printing
from tests.builders import Counter, Papers, fact, officer, on, refused
from tests.desk import Desk


def test_an_urgent_paper_goes_to_the_head_without_the_initial_of_tata_usaha():
    desk = Desk()
    desk.initial("jasa-usaha-head")
    assert desk.mark() == {"skipped": ["tata_usaha_head"], "next": "administration_head"}
    refused("not_initialled", desk.sign)
    assert desk.initial("administration-head") == {"next": None}
    refused("all_initialled", lambda: desk.initial("tata-usaha-head"))
    desk.sign()
    [said] = desk.drawers.heard(issuance.InitialsSkipped)
    assert (said.exception, said.roles, said.marked_at) == ("urgent", ["tata_usaha_head"], on(3, 8))
    assert "Nomor 60 Tahun 2009" in said.decree and said.reason == "Pemegang izin berangkat besok pagi"
    entry = next(h for h in desk.draft.history if h.what == "marked_urgent")
    assert (entry.actor, entry.role, entry.note) == ("administration-head", "administration_head", said.reason)


@pytest.mark.parametrize("kind", ["urgent", "secret"])
def test_the_paper_says_which_initial_it_lacks_and_why(kind):
    word, papers = {"urgent": "mendesak", "secret": "rahasia"}[kind], Papers()
    desk = Desk()
    desk.mark("head-2014", kind)
    for who in ("jasa-usaha-head", "administration-head"):
        desk.initial(who)
    desk.sign()
    data = desk.paper()
    assert [row["date"] for row in data["initials"]] == ["08-03-2016", "08-03-2016", word]
    assert data["initials"][2]["mark"] == "–"
    assert f"Tanpa paraf lengkap karena {word} (Peraturan Walikota Bekasi Nomor 60" in data["authority_basis"]
    signed = desk.drawers.heard(issuance.LicenceSigned)[-1]
    desk.drawers.let(printing.print_licence(papers, desk.drawers, signed))
    assert desk.drawers.heard(issuance.LicenceIssued)


def test_a_paper_that_was_never_marked_says_nothing_of_it():
    desk = Desk().initialled()
    desk.sign()
    assert "Tanpa paraf" not in desk.paper()["authority_basis"]


@pytest.mark.parametrize(
    ("who", "kind"),
    [("tata-usaha-head", "urgent"), ("tertentu-head", "urgent"), ("administration-head", "secret")],
)
def test_only_those_named_declare_a_paper_and_of_the_bidang_only_its_own_head(who, kind):
    desk = Desk()
    no = refused("no_authority", lambda: desk.mark(who, kind))
    assert "Kepala Badan" in no.message and no.remedy
    assert desk.draft.exception is None and desk.drawers.heard(issuance.InitialsSkipped) == []
    desk.mark("jasa-usaha-head", kind)


def test_a_paper_is_declared_once_and_not_when_nothing_is_left_to_skip():
    desk = Desk()
    desk.mark()
    assert "mendesak" in refused("already_marked", lambda: desk.mark("head-2014", "secret")).message
    done = Desk().initialled()
    refused("nothing_to_skip", done.mark)
    done.sign()
    refused("already_signed", lambda: done.mark(at=on(3, 10)))


def test_somebody_who_is_away_declares_nothing():
    desk = Desk(since=on(8, 1))
    said = refused("not_in_office", lambda: desk.mark("head-2014", at=on(8, 8)))
    assert "8 Agustus 2016 sampai 12 Agustus 2016" in said.message
    desk.mark(Actor(id="tata-usaha-head", role="head", unit="kepala"), at=on(8, 8))


def test_a_secret_paper_is_looked_at_only_by_those_named_and_checked_by_anyone_who_holds_it():
    desk = Desk()
    desk.mark("head-2014", "secret")
    refused("secret", lambda: desk.find(officer("counter-3"), application_id=desk.file))
    assert desk.find(officer("head-2014"), application_id=desk.file)["exception"] == "secret-2009"
    for who in ("jasa-usaha-head", "administration-head"):
        desk.initial(who)
    code = desk.sign()["verification_code"]
    assert desk.find(verification_code=code)["valid"]
    urgent = Desk()
    urgent.mark()
    assert urgent.find(officer("counter-3"), application_id=urgent.file)["exception"] == "urgent-2009"


# --- the file, at intake ---------------------------------------------------------------------------------------------


def test_the_file_passes_a_step_that_was_skipped_and_remembers_why():
    counter = file_in_issuance()
    for role in ("bidang_head", "administration_head"):
        assert store.find(counter.drawers, counter.file).standing.step == f"initial_{role}"
        said = fact(issuance.LicenceInitialled, application_id=counter.file, role=role, initialled_at=on(3, 8))
        counter.drawers.hear(heard.take_initial, said)
    counter.drawers.hear(heard.take_skipped, fact(issuance.InitialsSkipped, application_id=counter.file))
    record = store.find(counter.drawers, counter.file)
    assert record.standing.step == "sign"
    skipped = next(h for h in record.history if h.what == "initial_skipped")
    assert (skipped.step, skipped.outcome) == ("initial_tata_usaha_head", "skipped")
    assert skipped.note.startswith("urgent: Pemegang izin") and "Nomor 60 Tahun 2009" in skipped.note


def test_the_news_of_the_exception_may_come_before_the_initials():
    counter = file_in_issuance()
    counter.drawers.hear(heard.take_skipped, fact(issuance.InitialsSkipped, application_id=counter.file))
    assert store.find(counter.drawers, counter.file).standing.step == "initial_bidang_head"
    for role in ("administration_head", "bidang_head"):
        said = fact(issuance.LicenceInitialled, application_id=counter.file, role=role, initialled_at=on(3, 8))
        counter.drawers.hear(heard.take_initial, said)
    assert store.find(counter.drawers, counter.file).standing.step == "sign"


def file_in_issuance() -> Counter:
    counter = Counter()
    counter.tick()
    assert counter.drawers.heard(intake.IssuanceDue) and "technical_verification" not in licence_type("siup").stretches
    return counter
