"""Tax notes: drawn up and signed beside the file, apart from retribution in numbers, account codes and sums."""

from contracts import intake, retribution
from contracts.retribution.tax import ADVERTISEMENT
from services.noticeboard import actions as board
from services.retribution import recaps, tax, tax_printing, tax_store
from tests.builders import Drawers, Papers, fact, on, order, refused
from values.verification_code import verification_code

SIGN = 24 * 2 * 365 * 11_000 // 4  # 24 m2, two sides, a year, class II, 25 %


def opened(drawers: Drawers | None = None) -> Drawers:
    drawers = drawers or Drawers()
    due = fact(intake.TaxNoteDue, application_id="file-0001", since=on(3, 7))
    drawers.hear(tax.open_tax_file, due, times=2)
    return drawers


def prepare(drawers: Drawers, who: str = "tertentu-1", at=None, **changes) -> dict:
    said = order(
        retribution.PrepareTaxNote,
        application_id="file-0001",
        advertisements=[ADVERTISEMENT | changes],
        acted_at=at or on(3, 8),
    )
    return drawers.ask(tax.prepare_tax_note, said, who)


def sign(drawers: Drawers, who: str = "tertentu-head", at=None) -> dict:
    said = order(retribution.SignTaxNote, application_id="file-0001", acted_at=at or on(3, 8, 10))
    return drawers.ask(tax.sign_tax_note, said, who)


def test_the_note_explains_the_tax_and_is_numbered_in_a_series_of_its_own():
    drawers = opened()
    made = prepare(drawers)
    assert made["total"] == SIGN and made["computed"]["lines"][0]["tariff_row"]["id"] == "reklame-kelas-2-2013"
    assert any("belum dilihat" in remark for remark in made["computed"]["remarks"])
    assert sign(drawers) == {"number": "NPPD-2016-00001", "total": SIGN}
    note = tax_store.find(drawers, "file-0001").last
    assert (note.account_code, note.signed_by) == ("4.1.1.04", "tertentu-head")


def test_a_signed_note_is_never_edited_another_one_names_it():
    drawers = opened()
    prepare(drawers)
    prepare(drawers, count=2)
    sign(drawers)
    refused("nota_signed", lambda: sign(drawers))
    prepare(drawers, at=on(3, 9), days=30)
    sign(drawers, at=on(3, 9, 10))
    first, second = tax_store.find(drawers, "file-0001").notes
    assert (first.total, first.number) == (2 * SIGN, "NPPD-2016-00001")
    assert (second.total, second.replaces) == (24 * 2 * 30 * 11_000 // 4, "NPPD-2016-00001")


def test_nothing_of_the_tax_is_in_the_sums_of_retribution():
    drawers = opened()
    prepare(drawers)
    sign(drawers)
    recap = recaps.recap(drawers, retribution.RecapOf(period="2016"))
    assert recap["rows"] == [] and not any(recap["total"].values())
    assert not [name for name, _ in drawers.documents if name in ("assessments", "postings", "day_sums", "payments")]


def test_only_the_bidang_of_the_file_draws_it_up_and_only_where_a_tax_is_carried():
    drawers = opened()
    refused("wrong_bidang", lambda: prepare(drawers, who="jasa-usaha-1"))
    refused("no_nota", lambda: sign(drawers))
    refused("unknown_tax", lambda: prepare(Drawers()))


def test_before_the_first_rental_value_the_road_is_refused():
    drawers = Drawers()
    due = fact(intake.TaxNoteDue, application_id="file-0001", since=on(3, 7).replace(year=2012))
    drawers.hear(tax.open_tax_file, due)
    no = refused("no_tariff_in_force", lambda: prepare(drawers, at=on(3, 8).replace(year=2012)))
    assert no.field == "reklame[1].kelas_jalan"


def test_the_paper_says_that_it_is_no_assessment_and_is_found_by_its_code():
    drawers, papers, public = opened(), Papers(), Drawers()
    prepare(drawers)
    sign(drawers)
    said = drawers.heard(retribution.TaxNoteSigned)[-1]
    drawers.let(tax_printing.print_tax_note(papers, drawers, said))
    filed = drawers.heard(retribution.TaxNoteFiled)[-1]
    assert filed.document.kind == "nota_pajak" and papers.made["nota_pajak"]["total"] == "Rp 48.180.000"
    assert "24 luas (m2) × 2 sisi" in papers.made["nota_pajak"]["lines"][0]["calculation"]
    public.hear(board.note_paper, filed)
    assert public.get("papers", verification_code("file-0001", "nota_pajak", filed.document.number))
    template = (tax_printing.TEMPLATES / "nota_pajak.typ").read_text()
    assert "bukan surat ketetapan pajak" in template and "SKPD" not in template
