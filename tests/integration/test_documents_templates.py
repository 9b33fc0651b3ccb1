"""Every paper of the office, typeset from its example and read back."""

import copy
import io
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from plumbing.documents import DocumentDataWrong, DocumentError, typesetting
from plumbing.documents.data_contract import example_of
from tests.printed import letters_of, printed, read, texts_of

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("services/*/templates/*.typ"))
MILLIMETRE = 72 / 25.4
# What a reader looks for first on each paper, besides its number and verification code.
KEY_FIELDS = {
    "resi": ["applicant.name", "licence.name", "licence.sub_kind", "promised_date", "documents.6.name"],
    "surat_penolakan": ["applicant.name", "subject", "reasons.0.reason", "remedies.1", "signature.name"],
    "daftar_kekurangan": ["applicant.name", "items.1.name", "items.1.remedy", "answer_by"],
    "berita_acara": [
        "applicant.name",
        "members.3.name",
        "findings.4.note",
        "recommendations.2.dissent",
        "conclusion",
        "addenda.0.text",
        "photos.1.place",
    ],
    "addendum": ["applicant.name", "berita_acara.number", "text", "skpd", "signature.name"],
    "nota_perhitungan": ["payer.name", "lines.0.calculation", "lines.0.unrounded", "lines.2.tariff_row", "total_words"],
    "skrd": ["payer.npwrd", "lines.1.amount", "total", "total_words", "due_date", "payment_code", "serial"],
    "keputusan_retribusi": ["outcome", "asked", "basis", "decision", "parts.1.due_on", "total_words"],
    "surat_pengembalian": [
        "payer.name",
        "letters.1",
        "money",
        "decree",
        "proposed_by",
        "lines.1.name",
        "total_words",
        "recipient",
        "pay_by",
    ],
    "teguran": ["payer.name", "lines.0.description", "interest", "total", "pay_by", "payment_code"],
    "strd": [
        "payer.name",
        "lines.0.description",
        "lines.0.basis",
        "interest",
        "total",
        "teguran",
        "pay_by",
        "payment_code",
        "interest_account",
        "signature.name",
    ],
    "tanda_bukti_pembayaran": [
        "payer.name",
        "interest",
        "bank_reference",
        "amount",
        "amount_words",
        "paid_at",
        "days_late",
        "closing",
        "assumptions.0",
    ],
    "nota_pajak": ["payer.name", "lines.0.calculation", "lines.0.rounded", "total_words", "remarks.0", "account_code"],
    "recap": [
        "period",
        "addressee",
        "lines.1.principal",
        "totals.outstanding",
        "received_words",
        "copies.1",
        "replaces",
    ],
    "pencocokan": [
        "bidang",
        "month",
        "lines.1.demanded",
        "totals.total",
        "difference",
        "differing.0.said",
        "series.0",
        "explanation",
        "beside.name",
    ],
    "surat_pencabutan": ["revoked.name", "revoked.number", "holder.name", "effects.1", "signature.authority"],
    "licence": ["holder.name", "particulars.1.value", "conditions.2", "signature.authority", "authority_basis"],
}


def at(data, path: str):
    for step in path.split("."):
        data = data[int(step) if step.isdigit() else step]
    return data


@cache
def rendered(template: Path) -> bytes:
    return typesetting.render(template, example_of(template))


each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.stem)


def test_every_room_has_its_papers():
    assert {template.stem for template in TEMPLATES} == set(KEY_FIELDS)


@each_template
def test_a_paper_is_an_archivable_tagged_pdf_in_indonesian(template):
    with pikepdf.open(io.BytesIO(rendered(template))) as document:
        assert document.open_metadata().pdfa_status == "2B"
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).lower().startswith("id")
        assert str(document.docinfo.get("/Title", "")).endswith(example_of(template)["number"])
        longer = example_of(template).keys() & {"photos", "workings"}
        assert len(document.pages) == (2 if longer else 1)
        for font in document.pages[0].Resources.Font.values():
            assert "Kantor" in str(font.BaseFont)


@each_template
def test_the_same_data_gives_the_same_bytes(template):
    typesetting._compiler.cache_clear()
    assert typesetting.render(template, copy.deepcopy(example_of(template))) == rendered(template)


@each_template
def test_a_paper_shows_its_key_fields(template):
    data, text = example_of(template), printed(rendered(template))
    wanted = [data["number"], data["verification_code"], *(at(data, path) for path in KEY_FIELDS[template.stem])]
    assert [value for value in wanted if letters_of(value) not in text] == []


@each_template
def test_every_text_given_is_printed_or_coded(template):
    """Nothing in the contract is idle: what a room must fill in is to be seen on the paper."""
    text = printed(rendered(template)).lower()
    idle = [
        path
        for path, value in texts_of(example_of(template))
        if letters_of(value).lower() not in text and not path.endswith(("_qr", "_photo")) and path != "document_date"
    ]
    assert idle == []


@each_template
def test_a_licence_without_sub_kind_leaves_no_dot_behind(template):
    data = copy.deepcopy(example_of(template))
    for part in ("licence", "object"):
        if isinstance(data.get(part), dict) and "sub_kind" in data[part]:
            data[part]["sub_kind"] = ""
    lines = read(typesetting.render(template, data))
    assert [line.text for line in lines if line.text.rstrip().endswith("·")] == []


@each_template
def test_only_what_was_signed_with_a_passphrase_says_so(template):
    """A verification and what the system issues in somebody's name are no signatures."""
    said = {
        "berita_acara": "Diverifikasi",
        "tanda_bukti_pembayaran": "Diterbitkan oleh sistem atas nama bendahara penerimaan",
        "surat_penolakan": "Diterbitkan oleh sistem atas nama Kepala Badan",
    }.get(template.stem)
    text = printed(rendered(template))
    if said:
        assert letters_of(said) in text and letters_of("Ditandatangani secara elektronik") not in text
    elif "signature" in example_of(template):
        assert letters_of("Ditandatangani secara elektronik") in text


@each_template
def test_a_missing_key_is_named(template):
    for key in example_of(template):
        data = copy.deepcopy(example_of(template))
        del data[key]
        with pytest.raises(DocumentDataWrong, match=f"{template.stem}.*missing key.*'{key}'"):
            typesetting.render(template, data)


def test_a_missing_key_deep_inside_is_named_with_its_path():
    template = ROOT / "services/retribution/templates/skrd.typ"
    data = copy.deepcopy(example_of(template))
    del data["lines"][1]["amount"]
    with pytest.raises(DocumentDataWrong) as caught:
        typesetting.render(template, data)
    assert caught.value.key == "lines[1].amount"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"colour": "red"}, "colour"),
        ({"total": 1789844}, "total"),
        ({"lines": "none"}, "lines"),
        ({"payer": None}, "payer"),
        ({"document_date": "yesterday"}, "document_date"),
        ({"document_date": "2016-11-22T10:14:00"}, "document_date"),
    ],
)
def test_wrong_data_is_refused_by_its_key_and_shows_no_value(change, key):
    template = ROOT / "services/retribution/templates/skrd.typ"
    with pytest.raises(DocumentDataWrong) as caught:
        typesetting.render(template, {**example_of(template), **change})
    assert caught.value.key == key
    assert "1789844" not in str(caught.value)


def test_a_template_without_contract_or_with_a_fault_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(typesetting, "PROJECT_ROOT", tmp_path)
    typesetting._compiler.cache_clear()
    broken = tmp_path / "broken.typ"
    broken.write_text("#data.nothing")
    with pytest.raises(DocumentError, match=r"broken\.example\.json is missing"):
        typesetting.render(broken, {})
    broken.with_suffix(".example.json").write_text('{"document_date": ""}')
    with pytest.raises(DocumentError, match="unknown variable: data"):
        typesetting.render(broken, {"document_date": "2016-11-22T10:14:00+07:00"})
    typesetting._compiler.cache_clear()


LONG_NAME = "Raden Ajeng Siti Nurhaliza Kusumawardhani Prawirodirdjo Sastroamidjojo binti Haji Abdul Rachman"
LONG_ADDRESS = ", ".join(
    ["Perumahan Taman Wisma Asri Permai Blok AA-27 Nomor 118 RT 014/RW 029 Kelurahan Teluk Pucung"] * 3
)
UNBROKEN = "Supercalifragilistik" * 12
LONG = {"name": LONG_NAME, "address": LONG_ADDRESS, "object_address": UNBROKEN} | dict.fromkeys(
    ("description", "purpose", "reason", "place", "note", "remedy"), UNBROKEN
)


@each_template
def test_long_texts_wrap_and_nothing_leaves_the_page(template):
    lines = read(typesetting.render(template, stretched(example_of(template))))
    left, right, bottom = 23 * MILLIMETRE, (210 - 20) * MILLIMETRE, 10 * MILLIMETRE
    outside = [line for line in lines if line.left < left - 0.5 or line.right > right + 1.5 or line.bottom < bottom]
    assert outside == []
    text = letters_of("".join(line.text for line in lines))
    assert letters_of(LONG_NAME) in text and UNBROKEN in text


def stretched(value):
    if isinstance(value, dict):
        return {
            key: LONG[key] if key in LONG and isinstance(part, str) else stretched(part) for key, part in value.items()
        }
    return [stretched(part) for part in value] if isinstance(value, list) else value


def test_a_provisional_tariff_is_marked_and_a_final_one_is_not():
    for name in ("skrd", "nota_perhitungan"):
        template = ROOT / f"services/retribution/templates/{name}.typ"
        assert "TARIFSEMENTARA" in printed(rendered(template))
        final = {**example_of(template), "placeholder_notes": []}
        assert "TARIFSEMENTARA" not in printed(typesetting.render(template, final))


def test_a_nota_of_a_flat_tariff_needs_no_coefficients():
    template = ROOT / "services/retribution/templates/nota_perhitungan.typ"
    assert "KOEFISIEN" in printed(rendered(template))
    text = printed(typesetting.render(template, {**example_of(template), "coefficients": []}))
    assert "KOEFISIEN" not in text and "PERHITUNGAN" in text


def test_what_a_sum_was_made_from_is_printed_before_it_where_there_is_any():
    template = ROOT / "services/retribution/templates/nota_perhitungan.typ"
    before, after = printed(rendered(template)).split("PERHITUNGANNo.")
    assert "RINCIANYANGTIDAKDIPUNGUTTERSENDIRI" in before and "Rp237.400.000" in before
    assert "Rp237.400.000" not in after
    without = typesetting.render(template, {**example_of(template), "workings": []})
    assert "RINCIANYANG" not in printed(without) and "Halaman1dari1" in printed(without)


def test_many_lines_go_over_to_a_second_page_with_its_own_head():
    template = ROOT / "services/retribution/templates/nota_perhitungan.typ"
    data = copy.deepcopy(example_of(template))
    data["lines"] = data["lines"] * 15
    lines = read(typesetting.render(template, data))
    second = letters_of("".join(line.text for line in lines if line.page == 1))
    assert letters_of(data["number"]) in second and "Halaman2dari" in second


def test_the_signature_box_lies_on_the_page():
    template = ROOT / "services/issuance/templates/licence.typ"
    page, left, bottom, right, top = typesetting.typeset(template, example_of(template)).signature_box
    assert page == 0
    assert 23 * MILLIMETRE < left < right <= 190.5 * MILLIMETRE
    assert 20 * MILLIMETRE < bottom < top < 280 * MILLIMETRE


def test_the_examples_are_complete_contracts_of_texts():
    """Money and dates arrive written out, nothing is null, and every list shows what its elements look like."""

    def sound(value) -> bool:
        if isinstance(value, dict):
            return all(map(sound, value.values()))
        return all(map(sound, value)) and value != [] if isinstance(value, list) else isinstance(value, str)

    assert [template.stem for template in TEMPLATES if not sound(example_of(template))] == []
