"""What a form is told when it was not done: which inputs are wrong, and how each is mended."""

from pathlib import Path

import pytest

from contracts import retribution
from plumbing.messaging.envelope import new_id
from portal.acting import Came, act, faults_of
from portal.entrance import Posted
from portal.language import languages
from portal.pages import money, skrd
from values.refusal import Refusal

TEMPLATES = Path(skrd.__file__).parents[1] / "templates"
TREASURER = type("Seated", (), {"id": "treasurer"})()  # no room is asked where the form itself is wrong


def faults(kind, fields: dict, asked: dict, language: str = "id") -> dict[str, str]:
    came = act(TREASURER, Posted({"perintah": new_id()}, []), kind, fields)
    assert came.code == "form"
    return faults_of(came, languages()[language], asked)


def test_every_wrong_field_of_a_payment_is_named_with_what_mends_it():
    typed = {"payment_code": "4711000815", "amount": "sepuluh", "bank_reference": "1", "paid_at": "unreadable"}
    found = faults(retribution.RecordPayment, typed, skrd.PAYMENT)
    assert list(found) == ["jumlah", "rujukan", "tanggal"] and "rupiah utuh" in found["jumlah"]
    english = faults(retribution.RecordPayment, typed, skrd.PAYMENT, "en")
    assert "whole rupiah" in english["jumlah"]


def test_a_field_inside_another_is_named_too():
    account = {"name": "Sri Wahyuni", "bank": "Bank Jabar Banten", "number": "12-34"}
    fields = {"reference": "BJB-1", "amount": 1, "account": account, "reason": "lebih bayar sekian"}
    assert list(faults(retribution.ProposeRefund, fields, money.ASKED["usul"])) == ["rekening"]


@pytest.mark.parametrize(("field", "named"), [("payment_code", ["kode"]), (None, []), ("something_else", [])])
def test_what_the_room_finds_wrong_in_one_field_is_said_at_that_field(field: str | None, named: list[str]):
    came = Came("refused", refusal=Refusal("no", "Kode ini tidak ada.", field=field, remedy="Periksa SKRD-nya."))
    found = faults_of(came, languages()["id"], money.ASKED["pindah"])
    assert list(found) == named and all(words == "Kode ini tidak ada. Periksa SKRD-nya." for words in found.values())


def test_the_inputs_that_are_named_are_on_the_page():
    """A link of the summary leads somewhere."""
    pages = {"skrd_one": [skrd.PAYMENT], "money_one": [money.ASKED["pindah"], money.ASKED["usul"]]}
    pages["refund"] = [money.ASKED["putusan"], money.ASKED["bayar"], money.ASKED["kabar"]]
    for page, forms in pages.items():
        text = (TEMPLATES / f"{page}.html.jinja").read_text()
        if "decree.html.jinja" in text:  # a part of several forms
            text += (TEMPLATES / "decree.html.jinja").read_text()
        for input, _ in (each for form in forms for each in form.values()):
            assert f'faults.get("{input}"' in text and f'"{input}"' in text, (page, input)
