"""Addresses on papers: printed where they lead to the office, said in words where they would lead nowhere."""

import json

import pytest

from contracts import intake
from plumbing.papers import leads_here
from services.intake import printing
from tests.builders import Counter


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://perizinan.bekasikota.go.id", True),
        ("http://10.20.0.7:8000", True),
        ("http://localhost:14910", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
    ],
)
def test_an_address_of_this_machine_leads_nobody_here(url: str, leads: bool):
    assert leads_here(url) is leads


def printed(url: str) -> dict:
    """What the list of what lacks prints at an office with that address."""
    counter = Counter()
    counter.tick(npwp_perusahaan="wrong")
    counter.papers.public_url = url
    asked = counter.drawers.heard(intake.ItemsRequested)[-1]
    counter.drawers.let(printing.print_list_of_requests(counter.papers, counter.drawers, asked))
    paper = next(document for document in counter.record.documents if document.kind == "daftar_kekurangan")
    return json.loads(counter.papers.store.get(paper.sha256))


def test_what_lacks_is_brought_to_the_address_of_the_file_by_the_number_letters_call_it():
    paper = printed("https://perizinan.example")
    number = "P-" + Counter().file[-12:].upper()
    assert paper["answer_told"] == f"melalui laman https://perizinan.example/lacak/{number}"
    assert paper["answer_qr"].endswith(number)


def test_an_office_without_an_address_prints_none_and_says_the_way():
    told = printed("http://localhost:14910")["answer_told"]
    assert "localhost" not in told and "Berkas saya" in told
