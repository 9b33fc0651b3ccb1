"""Nota and SKRD: drawn up again until signed, signed by who may, numbered without gaps, agreeing to the rupiah."""

from datetime import date, timedelta

import pytest

from contracts import intake, retribution
from services.retribution import actions, printing, store
from tests.assessed import Assessed
from tests.builders import NOW, Drawers, Papers, fact, on, order, refused


def test_an_assessment_is_opened_once():
    drawers = Drawers()
    drawers.hear(actions.open_assessment, fact(intake.AssessmentDue), times=3)
    assert [h.what for h in store.find(drawers, intake.APPLICATION).history] == ["assessment_due"]


def test_the_nota_may_be_drawn_up_again_until_it_is_signed_and_never_after():
    file = Assessed().prepare()
    assert file.prepare(at=on(3, 8, 10)).record.nota.prepared_at == on(3, 8, 10)
    file.sign_nota()
    assert "NP-2016-00001" in refused("nota_signed", lambda: file.prepare(at=on(3, 9))).message
    refused("nota_signed", lambda: file.sign_nota(at=on(3, 9)))


def test_the_nota_takes_the_tariff_of_the_day_it_is_drawn_up():
    free = Assessed("iptm", "baru", {}, now=NOW.replace(year=2019), bidang="tertentu")
    free.prepare(at=on(3, 8).replace(year=2019), who="tertentu-1")
    assert free.record.nota.total == 0


def test_a_nota_of_zero_is_signed_and_nothing_follows():
    free = Assessed("iptm", "baru", {}, now=NOW.replace(year=2019), bidang="tertentu")
    free.prepare(at=on(3, 8).replace(year=2019), who="tertentu-1")
    free.sign_nota(at=on(3, 8, 10).replace(year=2019), who="tertentu-head")
    assert free.drawers.heard(retribution.NotaPerhitunganSigned)[0].total == 0
    refused("nothing_to_pay", lambda: free.issue(at=on(3, 9).replace(year=2019)))


def test_only_the_bidang_of_the_file_draws_up_and_signs_its_nota():
    file = Assessed()
    refused("wrong_bidang", lambda: file.prepare(who="tertentu-1"))
    refused("no_nota", file.sign_nota)
    file.prepare()
    refused("wrong_bidang", lambda: file.sign_nota(who="tertentu-head"))


@pytest.mark.parametrize(("year", "code"), [(2009, "no_authority"), (2010, "no_signatory")])
def test_who_held_no_office_yet_signed_nothing(year, code):
    """Before the authority was given, and before this officer came into the office."""
    file = Assessed(since=on(1, 5).replace(year=year))
    _give_nota(file, on(2, 1).replace(year=year))
    refused(code, lambda: file.sign_nota(at=on(2, 2).replace(year=year)))


def _give_nota(file: Assessed, at) -> None:
    """A nota from before there was a tariff here."""
    other = Assessed().prepare().record.nota

    def give(book):
        record = store.find(book, file.file)
        record.nota = other.model_copy(update={"prepared_at": at})
        store.save(book, record)

    file.drawers.let(give)


def test_the_skrd_follows_a_signed_nota_and_there_is_one():
    file = Assessed()
    refused("nota_not_signed", file.issue)
    file.prepare()
    refused("nota_not_signed", file.issue)
    file.sign_nota()
    refused("no_skrd", file.sign_skrd)
    assert file.issue().record.skrd.number == "4.1.2.03.01/00001/2016"
    refused("skrd_exists", lambda: file.issue(at=on(3, 9)))


def test_an_skrd_that_does_not_agree_with_its_nota_is_refused():
    file = Assessed().prepare().sign_nota()

    def falsify(book):
        record = store.find(book, file.file)
        record.nota.total += 1
        store.save(book, record)

    file.drawers.let(falsify)
    no = refused("nota_mismatch", file.issue)
    assert "Rp 140.626" in no.message and "Rp 140.625" in no.message
    assert file.record.skrd is None


def test_the_head_of_that_day_signs_and_it_is_due_thirty_days_later():
    file = Assessed().prepare().sign_nota().issue()
    early = on(3, 8, 12)
    refused("no_authority", lambda: file.sign_skrd(at=early, who="tata-usaha-head"))
    refused("no_authority", lambda: file.sign_skrd(at=early, who="head-2011"))
    assert file.sign_skrd().record.skrd.due_on == date(2016, 4, 7)
    assert file.record.skrd.due_on - date(2016, 3, 8) == timedelta(days=30)
    refused("skrd_signed", lambda: file.sign_skrd(at=on(3, 9)))


def test_numbers_run_on_without_gaps_and_a_refusal_takes_none():
    drawers, numbers = Drawers(), []
    for n in range(1, 5):
        file = Assessed(file=f"file-{n:04d}", drawers=drawers).prepare()
        refused("wrong_bidang", lambda file=file: file.sign_nota(who="tertentu-head"))
        file.sign_nota().issue().sign_skrd()
        numbers.append((file.record.nota.number, file.record.skrd.serial, file.record.skrd.payment_code))
    assert numbers == [(f"NP-2016-{n:05d}", n, f"201603{n:06d}") for n in range(1, 5)]


@pytest.mark.parametrize("why", ["withdrawn", "refused"])
def test_a_file_that_ended_is_assessed_no_further(why):
    file = Assessed().prepare()
    file.close(why)
    for act in (file.prepare, file.sign_nota, file.issue, file.sign_skrd):
        refused("assessment_closed", act)


@pytest.mark.parametrize("why", ["withdrawn", "refused"])
def test_the_news_of_the_end_may_overtake_that_of_the_beginning(why):
    file = Assessed()
    early = Drawers()
    early.let(lambda book: actions.close(book, file.file, why))
    early.hear(actions.open_assessment, file.due)
    assert store.find(early, file.file) is None
    prepare = order(retribution.PrepareNota, application_id=file.file)
    refused("unknown_assessment", lambda: early.ask(actions.prepare_nota, prepare, "jasa-usaha-1"))


def test_the_order_of_the_paper_is_kept():
    file = Assessed().prepare(at=on(3, 9))
    refused("before_previous_step", lambda: file.sign_nota(at=on(3, 8)))
    refused("in_the_future", lambda: file.sign_nota(at=NOW + timedelta(minutes=5)))


def test_the_papers_say_what_was_computed_and_nothing_else():
    file, papers = Assessed().prepare().sign_nota().issue().sign_skrd(), Papers()
    said = {type(event): event for event in file.drawers.said}
    file.drawers.let(printing.print_nota(papers, file.drawers, said[retribution.NotaPerhitunganSigned]))
    file.drawers.let(printing.print_skrd(papers, file.drawers, said[retribution.SkrdSigned]))
    nota, skrd = papers.made["nota_perhitungan"], papers.made["skrd"]
    assert nota["total"] == skrd["total"] == "Rp 140.625"
    assert nota["total_words"].startswith("seratus empat puluh ribu")
    assert nota["lines"][0]["calculation"] == "100 m2 × 0,5 × 0,625 × 1 × 1 × Rp 4.500"
    assert "TARIF SEMENTARA" in nota["placeholder_notes"][0]
    assert skrd["due_date"] == "7 April 2016" and skrd["payment_code"] == "2016 0300 0001"
    assert skrd["notas"] == f"Nomor {nota['number']} tanggal 8 Maret 2016"
    assert "bunga 2 % setiap bulan dari pokok" in skrd["payment_instructions"][2]
    [issued] = file.drawers.heard(retribution.SkrdIssued)
    assert (issued.amount, issued.due_on, issued.payment_code) == (140_625, date(2016, 4, 7), "201603000001")
    assert file.drawers.heard(retribution.NotaPerhitunganFiled)[0].total == 140_625
    assert [document.kind for document in file.record.documents] == ["nota_perhitungan", "skrd"]


def test_a_nota_prints_each_class_with_its_source_and_other_formulas_beside_their_lines():
    house = {"luas_m2": "100", "waktu": "tetap", "pagar_m": "60"}
    file, papers = Assessed(quantities=house).prepare().sign_nota(), Papers()
    printing.print_nota(papers, file.drawers, file.drawers.heard(retribution.NotaPerhitunganSigned)[0])
    nota = papers.made["nota_perhitungan"]
    area, use, built = nota["coefficients"][0], nota["coefficients"][1], nota["coefficients"][3]
    assert (area["name"], area["product"], area["source"]) == ("Luas", "100 m2", ""), "declared, out of no table"
    assert (use["name"], use["choice"], use["product"]) == ("Indeks fungsi", "hunian rumah tinggal", "0,5")
    assert (built["choice"], built["weight"], built["product"]) == ("permanen", "0,2", "0,2")
    assert built["source"] == "Permen PU 24/PRT/M/2007"
    assert [line["formula"] for line in nota["lines"]] == ["", "volume × harga satuan"]
    assert nota["lines"][1]["calculation"] == "60 m × Rp 500" and nota["workings"] == []
    assert nota["rounding_rule"].startswith("setiap baris dibulatkan ke rupiah utuh terdekat")


def test_what_is_owed_and_paid_can_be_asked():
    file = Assessed().prepare()
    question = retribution.FindAssessment(application_id=file.file)
    assert actions.find(file.drawers, question)["paid"] == 0
    unknown = retribution.FindAssessment(application_id="nothing")
    refused("unknown_assessment", lambda: actions.find(file.drawers, unknown))
    with pytest.raises(store.NotYet):
        printing.print_nota(Papers(), Drawers(), retribution.NotaPerhitunganSigned.make_example())
