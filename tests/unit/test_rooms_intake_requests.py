"""Requests to the applicant: each with its own state, answered item by item, taken back by whoever asked."""

import pytest

from contracts import intake, technical_team
from services.intake import heard, printing, requests, store
from tests.builders import Counter, Papers, fact, on, order, refused
from tests.unit.test_rooms_intake_path import registered
from tests.unit.test_rooms_intake_services import Service


def states(record) -> dict[str, str]:
    return {item.requirement: item.request.state for item in record.items if item.request}


def take_back(counter: Counter, requirement: str, who="counter-2", reason="Ternyata sudah ada di berkas"):
    taken = order(
        intake.WithdrawRequest,
        application_id=counter.file,
        requirement=requirement,
        reason=reason,
        acted_at=on(3, 2, 12),
    )
    return counter.drawers.ask(requests.withdraw, taken, who)


def test_a_request_is_asked_answered_and_accepted():
    counter = Counter("ktp")
    counter.tick(ktp="missing", akta="wrong")
    assert states(counter.record) == {"ktp": "asked", "akta": "asked"}
    assert counter.answer("ktp") == {"still_open": ["akta"]}
    assert states(counter.record) == {"ktp": "answered", "akta": "asked"}
    counter.answer("akta")
    counter.tick(at=on(3, 3))
    request = counter.record.item("ktp").request
    assert (request.state, request.asked_at, request.answered_at) == ("accepted", on(3, 1, 10), on(3, 2))
    assert request.settled_at == on(3, 3) and request.note == "catatan loket"


def test_what_is_wrong_again_is_the_same_request_asked_again():
    counter = Counter("ktp")
    counter.tick(ktp="missing")
    counter.answer("ktp")
    counter.tick(at=on(3, 3), ktp="wrong")
    [request] = counter.record.item("ktp").requests
    assert (request.state, request.asked_at, request.answered_at) == ("asked", on(3, 3), None)
    first, second = counter.drawers.heard(intake.ItemsRequested)
    papers = Papers()
    numbers = []
    for asked in (first, second):
        counter.drawers.let(printing.print_list_of_requests(papers, counter.drawers, asked))
        numbers.append(papers.made["daftar_kekurangan"]["number"])
    assert numbers[-1] == "0002/DK/BPPT/2016", "each list has its own number"


def test_an_answer_can_be_replaced_while_the_file_is_with_the_applicant():
    counter = Counter("ktp")
    counter.tick(ktp="missing", akta="wrong")
    counter.answer("ktp")
    first = counter.record.item("ktp").document
    counter.answer("ktp", at=on(3, 2, 10), name="yang lebih terang")
    assert counter.record.item("ktp").document != first
    counter.answer("akta", at=on(3, 2, 11))
    refused("not_requested", lambda: counter.answer("akta", at=on(3, 2, 12)) if counter.tick(at=on(3, 2, 12)) else None)


def test_the_counter_adds_what_it_scanned_before_it_asks_for_anything():
    counter = Counter("ktp")
    refused("no_document", counter.tick)
    assert counter.answer("ktp") == {"still_open": []}
    assert counter.tick(at=on(3, 2, 10))["resi"]
    assert counter.record.item("ktp").requests == []


def test_half_ticked_and_then_scanned_the_file_stays_at_the_counter():
    counter = Counter("ktp")
    counter.tick(only=["ktp"], ktp="missing")
    assert counter.answer("ktp") == {"still_open": []}
    assert counter.record.standing.step == "completeness"
    assert counter.tick(at=on(3, 3))["resi"]


def test_a_request_taken_back_lets_the_file_go_on_when_it_was_the_last():
    counter = Counter()
    counter.tick(ktp="wrong", akta="wrong")
    assert take_back(counter, "ktp") == {"still_open": ["akta"]}
    assert counter.record.standing.status == "waiting_for_applicant"
    assert take_back(counter, "akta") == {"still_open": []}
    assert counter.record.standing.step == "completeness"
    assert states(counter.record) == {"ktp": "withdrawn", "akta": "withdrawn"}
    assert counter.record.item("ktp").request.reason == "Ternyata sudah ada di berkas"
    assert counter.tick(at=on(3, 3))["resi"]
    first, last = counter.drawers.heard(intake.RequestWithdrawn)
    assert (first.item.requirement, first.open, last.open) == ("ktp", ["akta"], [])


def test_only_whoever_asked_or_the_head_of_the_bidang_takes_a_request_back():
    counter = Counter("ktp")
    counter.tick(ktp="missing", akta="wrong")
    refused("not_your_request", lambda: take_back(counter, "ktp", "tertentu-head"))
    assert take_back(counter, "ktp", "jasa-usaha-head")
    refused("not_requested", lambda: take_back(counter, "ktp"))


def test_what_the_team_asked_is_accepted_with_its_recommendation():
    drawers, papers = registered(luas_m2="100.00", waktu="tetap")
    filed = {"application_id": intake.APPLICATION, "verified_at": on(3, 8)}
    drawers.hear(heard.take_berita_acara, fact(technical_team.BeritaAcaraFiled, **filed, outcome="correction"))
    [asked] = drawers.heard(intake.ItemsRequested)
    codes = [item.requirement for item in asked.items]
    for code in codes[1:]:
        document = papers.hand_in(f"{code} baru")
        answered = order(intake.AnswerItem, requirement=code, document=document, acted_at=on(3, 9))
        drawers.ask(requests.answer, answered, "counter-2")
    back = order(intake.WithdrawRequest, requirement=codes[0], reason="Sudah ada di lokasi", acted_at=on(3, 9))
    refused("not_your_request", lambda: drawers.ask(requests.withdraw, back, "counter-2"))
    drawers.ask(requests.withdraw, back, "jasa-usaha-head")
    assert [due.round for due in drawers.heard(intake.VerificationDue)] == [1, 2]
    again = filed | {"verified_at": on(3, 14)}
    drawers.hear(heard.take_berita_acara, fact(technical_team.BeritaAcaraFiled, **again, outcome="recommended"))
    found = states(store.find(drawers, intake.APPLICATION))
    assert found == {codes[0]: "withdrawn"} | dict.fromkeys(codes[1:], "accepted")


# --- services --------------------------------------------------------------------------------------------------------


@pytest.fixture
def returned() -> tuple[Service, str]:
    """A service whose first officer gives the file back to the applicant, and the outcome that does."""
    service = Service("S-I")
    path = service.standard.path
    step = next(s for s in path.steps if any(t in path_waits(path) for t in s.outcomes.values()))
    service.walk(step.code)
    outcome = next(o for o, t in step.outcomes.items() if t in path_waits(path))
    return service, outcome


def path_waits(path) -> set[str]:
    return {step.code for step in path.steps if step.act == "wait_for_applicant"}


def test_a_service_asks_item_by_item_too_and_its_applicant_answers_first(returned):
    service, outcome = returned
    first = service.file.items[0].requirement
    service.take(outcome, requests=[{"requirement": first, "verdict": "missing", "note": "Belum ada"}])
    assert states(service.file) == {first: "asked"}
    [asked] = service.drawers.heard(intake.ItemsRequested)
    assert (asked.stage, asked.items[0].note) == ("service", "Belum ada")
    service.drawers.let(printing.print_list_of_requests(service.papers, service.drawers, asked))
    goes_on = next(o for o in service.file.step.outcomes if o != "expired")
    assert "diminta" in refused("requests_open", lambda: service.take(goes_on)).message
    document = service.papers.hand_in("yang diminta")
    service.drawers.ask(
        requests.answer,
        order(intake.AnswerItem, requirement=first, document=document),
        service.actor("setda_counter"),
    )
    service.take(goes_on)
    onward = next(o for o, t in service.file.step.outcomes.items() if t not in path_waits(service.standard.path))
    service.take(onward)
    assert states(service.file) == {first: "accepted"}


def test_nobody_is_asked_when_the_file_does_not_go_back(returned):
    service, outcome = returned
    code = service.file.items[0].requirement
    onward = next(o for o in service.file.step.outcomes if o != outcome)
    missing = [{"requirement": code, "verdict": "missing"}]
    assert refused("nobody_to_ask", lambda: service.take(onward, requests=missing)).field == "requests"
    complete = [{"requirement": code, "verdict": "complete"}]
    refused("not_lacking", lambda: service.take(outcome, requests=complete))
    assert service.drawers.heard(intake.ItemsRequested) == []
