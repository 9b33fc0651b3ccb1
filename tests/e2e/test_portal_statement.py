"""The treasurer hands in the bank's statement at the portal, with the whole office behind: look, take in, undo."""

import pytest

from contracts import retribution
from tests.e2e.pages import PHONE, Visitor, faultless, visitor
from tests.e2e.test_portal_treasury import inside
from tests.people import People, eventually
from tests.statements import file_of, line
from tests.turns import SECONDS, Turn

GRAVE, YEAR, DAY = 100_000, 2015, "2015-05-10"  # a year no other test pays in


@pytest.fixture(scope="module")
def codes(people: People) -> dict[str, str]:
    """Two graves of one year, by the payment code of each; the second was entered before."""
    turns = [Turn(people, "iptm", "baru", year=YEAR).registered() for _ in range(2)]
    codes = {turn.demanded(GRAVE)["payment_code"]: turn.id for turn in turns}
    told = {"payment_code": list(codes)[1], "amount": GRAVE, "bank_reference": "BJB-2015-002"}
    people.do("treasurer", retribution.RecordPayment, **told, paid_at=turns[1].on(10, month=5))
    return codes


def hand_in(me: Visitor, *lines: str) -> None:
    file = {"name": "koran.csv", "mimeType": "text/csv", "buffer": file_of(*lines).encode()}
    me.go("/petugas/rekening").get_by_label("Rekening koran (CSV)").set_input_files(file)
    me.page.get_by_role("button", name="Lihat isinya dahulu").click()


def test_the_treasurer_looks_at_a_statement_takes_it_in_and_takes_it_back(browser, home, people: People, codes):
    (mine, mine_id), (told, _) = codes.items()
    lines = (line("BJB-2015-001", f"SKRD {mine}", GRAVE, DAY), line("BJB-2015-002", told, GRAVE + 1, DAY))

    def paid() -> int:
        return people.ask("treasurer", retribution.FindAssessment(application_id=mine_id))["paid"]

    def differences() -> list[tuple[str, str]]:
        answer = people.ask("treasurer", retribution.ReconciliationOf())
        return [] if answer["waits"] else [(each["kind"], each["reference"]) for each in answer["different"]]

    with visitor(browser, home, PHONE) as me:
        inside(me, people, "treasurer")
        hand_in(me, "2015-05-10,BJB-2015-009,x,1.000,masuk")
        assert "Baris 2, jumlah: bukan rupiah bulat" in me.text and faultless(me)
        assert me.page.get_by_role("button", name="Catat rekening koran ini").count() == 0
        hand_in(me, *lines)
        assert me.heading == "Isi rekening koran" and faultless(me)
        assert "pembayaran baru" in me.page.get_by_role("row", name="BJB-2015-001").inner_text()
        assert "jumlah atau kode lain" in me.page.get_by_role("row", name="BJB-2015-002").inner_text()
        assert paid() == 0
        me.page.get_by_role("button", name="Catat rekening koran ini").click()
        assert "Rekening koran tercatat" in me.text and faultless(me) and paid() == GRAVE
        eventually(lambda: differences() == [("amount", "BJB-2015-002")], SECONDS, "the comparison")
        me.go("/petugas/rekening")
        assert "jumlahnya berbeda" in me.page.get_by_role("listitem").filter(
            has_text="BJB-2015-002"
        ).inner_text() and faultless(me)
        hand_in(me, *lines)
        assert "Berkas ini sudah diimpor" in me.text
        me.go("/petugas/rekening").get_by_role("link", name="Batalkan impor ini").click()
        for reason, seen in (
            ("salah", "paling sedikit sepuluh huruf"),
            ("Rekening lain terunggah", "Impor dibatalkan"),
        ):
            me.page.get_by_label("Alasan").fill(reason)
            me.page.get_by_role("button", name="Ya, batalkan").click()
            assert seen in me.text and faultless(me), me.text
        assert paid() == 0 and "Rekening lain terunggah" in me.text
        eventually(lambda: differences() == [], SECONDS, "both sides to agree")
