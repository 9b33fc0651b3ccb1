"""The e-mails that tell an applicant about each turn."""

import pytest

from services.notification.templates.compose import LetterDataWrong, compose, turns

TURNS = (
    "diterima kekurangan terdaftar undangan_tim jadwal jadwal_ulang berita_acara skrd lunas terbit diserahkan "
    "teguran strd pembayaran_susulan ditolak dicabut diarsipkan"
    " skrdkb skrdlb perubahan_diterima keputusan_retribusi"
    " pengembalian_dikabulkan pengembalian_dibayar pengembalian_tanpa_berkas"
    " gugur pengingat pengingat_pemohon eskalasi layanan_selesai menunggu_pemohon"
    " nota_pajak permintaan_ditarik ditangguhkan dilanjutkan dibekukan berlaku_kembali pencabutan_terbit"
)
PERSONAL = {"recipient_name", "reason", "conclusion", "appointment_place"}
each_turn = pytest.mark.parametrize("turn", TURNS.split())


def example(turn: str, **changes) -> dict:
    return {**{name: variable["example"] for name, variable in turns()[turn].items()}, **changes}


def test_every_turn_has_its_letter():
    assert set(turns()) == set(TURNS.split())


@each_turn
def test_a_letter_says_everything_it_was_given_in_text_and_in_html(turn):
    letter, said_in_subject = compose(turn, example(turn)), 0
    text, html = (" ".join(body.split()) for body in (letter.text, letter.html))
    for name, value in example(turn).items():
        for part in value if isinstance(value, list) else [value]:
            said_in_subject += part in letter.subject
            assert part in text or part in letter.subject, name
            assert part in html, name
    assert said_in_subject >= 1
    assert max(len(line) for line in letter.text.splitlines()) <= 76
    assert "{{" not in letter.text + letter.html and "None" not in letter.text


@each_turn
def test_no_personal_data_stands_in_a_subject(turn):
    marked = {name: "Rahasia" for name, variable in turns()[turn].items() if name in PERSONAL and variable["example"]}
    assert "Rahasia" not in compose(turn, example(turn, **marked)).subject


@each_turn
def test_a_missing_variable_is_named(turn):
    for name in turns()[turn]:
        variables = example(turn)
        del variables[name]
        with pytest.raises(LetterDataWrong, match=f"{turn}: missing variable '{name}'"):
            compose(turn, variables)


def test_unknown_turns_unknown_variables_and_wrong_kinds_are_refused():
    with pytest.raises(LetterDataWrong, match="no letter for the turn 'hilang'"):
        compose("hilang", {})
    with pytest.raises(LetterDataWrong, match="unknown variable 'colour'"):
        compose("lunas", example("lunas", colour="red"))
    with pytest.raises(LetterDataWrong, match="'amount' must be text"):
        compose("lunas", example("lunas", amount=5))
    with pytest.raises(LetterDataWrong, match="'reasons' must be a list"):
        compose("ditolak", example("ditolak", reasons="Zona"))


def test_what_a_person_typed_cannot_become_markup_or_a_second_header():
    letter = compose("kekurangan", example("kekurangan", recipient_name="<script>x</script>"))
    assert "<script>" not in letter.html and "&lt;script&gt;" in letter.html
    assert "<script>x</script>" in letter.text
    letter = compose("lunas", example("lunas", resi_number="1\r\nBcc: a@b.example"))
    assert "\n" not in letter.subject and "\r" not in letter.subject
