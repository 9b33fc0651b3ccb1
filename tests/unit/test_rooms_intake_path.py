"""Where a file stands, whatever happened to it in whatever order; and what is said to be due, once each."""

from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.licences import licence_type, licence_types
from catalogue.walk import stays
from contracts import archive, intake, issuance, retribution, technical_team
from contracts.documents import example as paper
from services.intake import actions, heard, path, printing, requests, store
from services.intake.standing import standing
from tests.builders import FILE, Drawers, Papers, fact, happened, on, order, submission

PATHS = sorted({tuple(kind.stretches) for kind in licence_types().values()})
START = on(3, 1)
MOVES = {
    "items_requested": ("completeness", "incomplete"),
    "items_answered": ("completing", "answered"),
    "registered": ("completeness", "complete"),
    "verification_recommended": ("verification", "recommended"),
    "correction": ("verification", "correction"),
    "corrected": ("correcting", "answered"),
    "skrd_issued": ("assessment", "skrd_issued"),
    "nothing_to_pay": ("assessment", "nothing_to_pay"),
    "paid": ("payment", "paid"),
    "bidang": ("initial_bidang_head", "initialled"),
    "administration": ("initial_administration_head", "initialled"),
    "tata_usaha": ("initial_tata_usaha_head", "initialled"),
    "licence_issued": ("sign", "signed"),
    "archived": ("archive", "archived"),
    "withdrawn": (None, "withdrawn"),
    "refused": (None, "refused"),
}
INITIALS = ("bidang", "administration", "tata_usaha")


def kind_with(stretches):
    return next(kind for kind in licence_types().values() if tuple(kind.stretches) == stretches)


def history(whats, apart: int = 60):
    """`submitted`, then these, one after another."""
    return [moved(what, n * apart) for n, what in enumerate(["submitted", *whats])]


def moved(what: str, minute: int):
    step, outcome = MOVES.get(what, (None, None))
    return happened(what, START + timedelta(minutes=minute)).model_copy(update={"step": step, "outcome": outcome})


# --- standing --------------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PATHS), st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 900)), max_size=14))
@example(PATHS[0], [(what, 0) for what in ("registered", *INITIALS, "licence_issued", "withdrawn")])
def test_whatever_happens_in_whatever_order_a_file_has_a_step_or_an_end_and_somebody_holds_it(stretches, happenings):
    """Also when it is entered in another order than it happened: each has its own minute."""
    path = kind_with(stretches).path
    known = [(what, minute) for what, minute in happenings if MOVES[what][0] in {None, *(s.code for s in path.steps)}]
    entered = [moved(what, minute) for what, minute in [("submitted", 0), *known]]
    before = None
    for length in range(1, len(entered) + 1):
        now = standing(path, entered[:length])
        assert now.holder and (now.step is None) == (now.status == "archived")
        way = stays(path, entered[:length])
        assert all(stay.ended >= stay.began for stay in way[:-1])
        if before:
            assert now.since >= before.since, "the clock never runs backwards"
            assert before.outcome in (None, now.outcome), "how a file was closed is never changed"
        before = now


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False))
def test_where_a_file_stands_in_the_end_does_not_depend_on_the_order_in_which_its_facts_were_heard(random):
    brought = ["registered", "verification_recommended", "skrd_issued", "paid", *INITIALS, "licence_issued"]
    for count in range(len(brought) + 1):
        heard = brought[:count]
        first, second = (standing(IMB, history(each)) for each in (heard, random.sample(heard, count)))
        assert (first.status, first.step, first.outcome) == (second.status, second.step, second.outcome)


def test_an_outcome_that_a_step_does_not_have_is_never_read_over():
    with pytest.raises(ValueError, match="completeness has no outcome signed"):
        standing(IMB, [*history([]), moved("registered", 1).model_copy(update={"outcome": "signed"})])


IMB = licence_type("imb").path
TO_PAYMENT = ("registered", "verification_recommended", "skrd_issued")
FULL = {
    (): ("submitted", "completeness"),
    ("items_requested",): ("waiting_for_applicant", "completing"),
    ("items_requested", "items_answered"): ("submitted", "completeness"),
    ("registered",): ("in_verification", "verification"),
    ("registered", "correction"): ("waiting_for_applicant", "correcting"),
    ("registered", "correction", "corrected"): ("in_verification", "verification"),
    ("registered", "verification_recommended"): ("in_retribution", "assessment"),
    TO_PAYMENT: ("waiting_for_payment", "payment"),
    (*TO_PAYMENT, "paid"): ("in_issuance", "initial_bidang_head"),
    ("registered", "verification_recommended", "nothing_to_pay"): ("in_issuance", "initial_bidang_head"),
    (*TO_PAYMENT, "paid", "bidang", "administration"): ("in_issuance", "initial_tata_usaha_head"),
    (*TO_PAYMENT, "paid", *INITIALS): ("in_issuance", "sign"),
    (*TO_PAYMENT, "paid", *INITIALS, "licence_issued"): ("issued", "archive"),
    (*TO_PAYMENT, "paid", *INITIALS, "licence_issued", "archived"): ("archived", None),
}


@pytest.mark.parametrize(("whats", "expected"), FULL.items(), ids=lambda v: " ".join(filter(None, v)) or "submitted")
def test_each_turn_of_a_full_path_has_its_status_and_step(whats, expected):
    state = standing(IMB, history(whats))
    assert (state.status, state.step) == expected


def test_whoever_has_to_act_is_who_holds_it():
    holders = [standing(IMB, history(whats)).holder for whats in FULL]
    assert holders[:4] == ["Petugas Loket", "Pemohon", "Petugas Loket", "Anggota Tim Teknis"]
    assert holders[-4:] == ["Kepala Bagian Tata Usaha", "Kepala Badan", "Arsiparis", "Selesai"]


@pytest.mark.parametrize("end", ["withdrawn", "refused"])
@pytest.mark.parametrize("whats", [w for w in FULL if "licence_issued" not in w], ids=lambda w: " ".join(w) or "start")
def test_a_file_can_be_withdrawn_or_refused_from_every_step_and_goes_to_the_archive(whats, end):
    closed = standing(IMB, history([*whats, end]))
    assert (closed.status, closed.outcome, closed.step, closed.holder) == (end, end, "archive", "Arsiparis")
    archived = standing(IMB, history([*whats, end, "archived"]))
    assert (archived.status, archived.outcome, archived.step) == ("archived", end, None)


def test_who_holds_a_file_holds_it_since_it_came_to_them():
    state = standing(licence_type("siup").path, history(["papers_inspected", "registered", "resi_printed"]))
    assert state.since == START + timedelta(hours=2)


# --- what is due -----------------------------------------------------------------------------------------------------

DUE = (intake.VerificationDue, intake.AssessmentDue, intake.IssuanceDue, intake.ArchivingDue)


def test_each_step_of_each_path_is_said_to_be_due_once_however_often_it_is_looked_at():
    for steps in PATHS:
        kind = kind_with(steps)
        drawers, papers = Drawers(), Papers()
        sub_kind = kind.sub_kinds[0] if kind.sub_kinds else None
        quantities = {q.code: next(iter(q.choices), 2) for q in kind.quantities}
        drawers.ask(
            actions.submit, submission(papers, kind.code, sub_kind, attachments=[], quantities=quantities), "counter-2"
        )
        codes = {step.code for step in kind.path.steps}
        brought = ["registered", "verification_recommended", "skrd_issued", "paid", *INITIALS, "licence_issued"]
        for what in [what for what in brought if MOVES[what][0] in codes]:

            def bring(book, what=what):
                application = store.find(book, FILE)
                application.resi = "R-2016-000001-2"
                if all(h.what != what for h in application.history):
                    step, outcome = MOVES[what]
                    application.history.append(book.happening(what, step=step, outcome=outcome))
                path.go_on(book, application)
                path.go_on(book, application)
                store.save(book, application)

            drawers.let(bring, times=3)
        expected = [
            {
                "technical_verification": intake.VerificationDue,
                "retribution": intake.AssessmentDue,
                "issuance": intake.IssuanceDue,
            }[step]
            for step in steps[1:-1]
        ]
        assert [type(event) for event in drawers.said if isinstance(event, DUE)] == expected, kind.code


def registered(code: str = "imb", sub_kind: str | None = "rumah_tinggal", **quantities) -> tuple[Drawers, Papers]:
    """A file that has its resi, looked at and printed."""
    drawers, papers = Drawers(), Papers()
    handed_in = submission(papers, code, sub_kind, quantities=quantities)
    drawers.ask(actions.submit, handed_in, "counter-2")
    drawers.let(printing.inspect_attachments(papers, drawers.heard(intake.ApplicationSubmitted)[0]))
    findings = [{"requirement": a.requirement, "verdict": "complete"} for a in handed_in.attachments]
    drawers.ask(
        actions.check_completeness, order(intake.CheckCompleteness, findings=findings, acted_at=on(3, 2)), "counter-2"
    )
    drawers.let(printing.print_resi(papers, drawers, drawers.heard(intake.ApplicationRegistered)[0]))
    return drawers, papers


def now(drawers: Drawers):
    return store.find(drawers, FILE).standing


def filed(outcome: str, **changes):
    changes = {"verified_at": on(3, 8), "document": paper("berita_acara", f"BA-2016-0000{len(outcome)}")} | changes
    return fact(technical_team.BeritaAcaraFiled, outcome=outcome, opinions=["Distako: sesuai"], **changes)


def test_a_demand_that_changes_joins_the_file_and_one_that_is_cleared_ends_payment():
    drawers, _ = registered(luas_m2="100.00", waktu="tetap")
    drawers.hear(heard.take_berita_acara, filed("recommended"))
    drawers.hear(heard.take_nota, fact(retribution.NotaPerhitunganFiled))
    for number in ("4.1.2.03.01/00012/2016", "4.1.2.03.01/00013/2016"):  # the second takes a cancelled one's place
        drawers.hear(heard.take_skrd, fact(retribution.SkrdIssued, document=paper("skrd", number)))
        assert now(drawers).step == "payment"
    drawers.hear(heard.take_supplement, fact(retribution.SupplementIssued))
    drawers.hear(heard.take_refund, fact(retribution.RefundGranted))
    drawers.hear(heard.take_change, fact(retribution.ChangeFiled))
    assert now(drawers).step == "payment", "less is owed, and something still is"
    drawers.hear(heard.take_change, fact(retribution.ChangeFiled, cleared_at=on(3, 20), principal_left=0), times=2)
    assert now(drawers).step != "payment"
    kinds = [document.kind for document in store.find(drawers, FILE).documents]
    assert kinds.count("skrd") == 2 and {"skrdkb", "surat_pengembalian", "keputusan_retribusi"} <= set(kinds)


def test_a_house_goes_its_whole_way_and_is_archived_with_every_paper():
    drawers, _ = registered(luas_m2="100.00", waktu="tetap")
    drawers.hear(heard.take_berita_acara, filed("recommended"))
    drawers.hear(heard.take_nota, fact(retribution.NotaPerhitunganFiled))
    drawers.hear(heard.take_skrd, fact(retribution.SkrdIssued))
    drawers.hear(heard.take_receipt, fact(retribution.ReceiptIssued))
    for role in licence_type("imb").initials:
        drawers.hear(heard.take_initial, fact(issuance.LicenceInitialled, role=role))
    drawers.hear(heard.take_licence, fact(issuance.LicenceIssued))
    drawers.hear(heard.take_handover, fact(issuance.LicenceHandedOver))
    assert [type(e) for e in drawers.said if isinstance(e, DUE)] == list(DUE)
    [due] = drawers.heard(intake.ArchivingDue)
    kinds = [d.kind for d in due.documents if d.kind != "attachment"]
    assert kinds == ["resi", "berita_acara", "nota_perhitungan", "skrd", "tanda_bukti_pembayaran", "licence"]
    assert due.outcome == "issued" and "documents" not in due.record
    drawers.hear(heard.take_replicated, fact(archive.BundleReplicated))
    assert now(drawers).status == "archived"


def test_photos_and_addenda_of_the_team_are_sealed_with_the_file_and_no_photo_is_shown_to_the_public():
    drawers, _ = registered(luas_m2="100.00", waktu="tetap")
    photo = technical_team.PHOTO_EXAMPLE["document"]
    drawers.hear(heard.take_berita_acara, filed("recommended", photos=[photo]))
    drawers.hear(heard.take_nota, fact(retribution.NotaPerhitunganFiled, total=0))
    for role in licence_type("imb").initials:
        drawers.hear(heard.take_initial, fact(issuance.LicenceInitialled, role=role))
    drawers.hear(heard.take_licence, fact(issuance.LicenceIssued))
    drawers.hear(heard.take_handover, fact(issuance.LicenceHandedOver))
    before = drawers.heard(intake.ArchivingDue)[-1]
    assert "photo" in {document.kind for document in before.documents}
    drawers.hear(heard.take_addendum, fact(technical_team.AddendumFiled))
    after = drawers.heard(intake.ArchivingDue)[-1]
    assert [document.kind for document in after.documents][-1] == "addendum", "a late paper is sealed too"
    shown = {paper.kind for paper in drawers.heard(intake.ApplicationMoved)[-1].papers}
    assert "addendum" in shown and not shown & {"photo", "attachment"}


def test_a_nota_of_zero_asks_for_no_payment():
    drawers, _ = registered("iptm", "baru")
    drawers.hear(heard.take_nota, fact(retribution.NotaPerhitunganFiled, total=0))
    assert len(drawers.heard(intake.IssuanceDue)) == 1


def test_a_correction_sends_the_file_to_the_applicant_and_then_before_the_team_again():
    drawers, papers = registered(luas_m2="100.00", waktu="tetap")
    drawers.hear(heard.take_berita_acara, filed("correction"))
    assert now(drawers).status == "waiting_for_applicant"
    [asked] = drawers.heard(intake.ItemsRequested)
    drawers.let(printing.print_list_of_requests(papers, drawers, asked))
    assert "tim teknis" in papers.made["daftar_kekurangan"]["opening"]
    technical = [r.code for r in licence_type("imb").required("technical", sub_kind="rumah_tinggal")]
    assert (asked.stage, [item.requirement for item in asked.items]) == ("verification", technical)
    for code in technical:
        brought = order(intake.AnswerItem, requirement=code, document=papers.hand_in(f"{code} baru"), acted_at=on(3, 9))
        drawers.ask(requests.answer, brought, "counter-2")
    assert [due.round for due in drawers.heard(intake.VerificationDue)] == [1, 2]
    drawers.hear(heard.take_berita_acara, filed("recommended", verified_at=on(3, 14)))
    assert now(drawers).step == "assessment"
    assert len(drawers.heard(intake.VerificationDue)) == 2


def test_the_teams_no_refuses_the_file_with_its_reason_in_a_numbered_letter():
    drawers, papers = registered(luas_m2="100.00", waktu="tetap")
    drawers.hear(heard.take_berita_acara, filed("refused"))
    [no] = drawers.heard(intake.ApplicationRefused)
    assert "Distako: sesuai" in no.reason and no.refused_by is None
    assert drawers.heard(intake.ArchivingDue) == [], "the letter is still to come"
    drawers.let(printing.print_refusal_letter(papers, drawers, no))
    assert papers.made["surat_penolakan"]["number"] == "503/0001/TOLAK-BPPT/III/2016"
    [due] = drawers.heard(intake.ArchivingDue)
    assert due.outcome == "refused" and due.documents[-1].kind == "surat_penolakan"


def test_a_paper_that_comes_after_a_withdrawal_is_archived_too():
    drawers, _ = registered(luas_m2="100.00", waktu="tetap")
    drawers.ask(
        actions.withdraw,
        order(intake.WithdrawApplication, reason="Rencana dibatalkan", acted_at=on(3, 7)),
        "counter-2",
    )
    first = drawers.heard(intake.ArchivingDue)
    assert len(first) == 1 and first[0].outcome == "withdrawn"
    drawers.hear(heard.take_replicated, fact(archive.BundleReplicated))
    drawers.hear(heard.take_berita_acara, filed("recommended"))
    again = drawers.heard(intake.ArchivingDue)
    assert len(again) == 2 and len(again[1].documents) == len(first[0].documents) + 1
    assert (now(drawers).status, now(drawers).outcome) == ("archived", "withdrawn")
    assert drawers.heard(intake.AssessmentDue) == [], "its way is over"
    drawers.let(lambda book: path.go_on(book, store.find(book, FILE)), times=3)
    assert len(drawers.heard(intake.ArchivingDue)) == 2


def test_a_late_berita_acara_neither_requests_nor_refuses_anything_of_a_closed_file():
    for outcome in ("correction", "refused"):
        drawers, _ = registered(luas_m2="100.00", waktu="tetap")
        drawers.ask(actions.withdraw, order(intake.WithdrawApplication, reason="Batal", acted_at=on(3, 7)), "counter-2")
        drawers.hear(heard.take_berita_acara, filed(outcome))
        assert drawers.heard(intake.ItemsRequested) == drawers.heard(intake.ApplicationRefused) == []
        assert now(drawers).outcome == "withdrawn"
