"""Principal of a file that was withdrawn after paying, at the portal: given back by a stated decision alone."""

from contracts import intake, retribution
from tests.e2e.pages import PHONE, faultless, inside, visitor
from tests.people import People, eventually
from tests.turns import SECONDS, Turn

GRAVE = 100_000


def test_principal_of_a_withdrawn_file_goes_back_by_a_stated_decision(browser, home, people: People):
    turn = Turn(people, "iptm", "baru").registered()
    code, reference = turn.demanded(GRAVE)["payment_code"], f"BJB-{turn.id[-10:]}"
    paid = {"amount": GRAVE, "bank_reference": reference, "paid_at": turn.on(10), "payment_code": code}
    people.do("treasurer", retribution.RecordPayment, **paid)
    withdrawn = {"application_id": turn.id, "reason": "Rencana dibatalkan."}
    people.do("counter-2", intake.WithdrawApplication, **withdrawn)
    asked = retribution.FindAssessment(application_id=turn.id)
    eventually(lambda: people.ask("treasurer", asked)["closed"], SECONDS, "the end of the account")
    with visitor(browser, home, PHONE) as treasurer:
        inside(treasurer, "treasurer", people.passphrase("treasurer"))
        treasurer.go(f"/petugas/skrd/{turn.id}").get_by_role("link", name=f"Kembalikan pokok dari {reference}").click()
        assert "Pokok yang dibayar sebelum berkasnya berakhir" in treasurer.text and faultless(treasurer)
        assert treasurer.page.get_by_role("button", name="Pindahkan").count() == 0
        typed = {"Nama penerima": "Sri Wahyuni", "Bank penerima": "Bank Jabar Banten", "Nomor rekening": "0012345678"}
        typed |= {"Alasan": "Dibatalkan sebelum izin terbit.", "Nomor keputusan": "973/Kep.112/2016"}
        for label, text in (typed | {"Dasar hukum": "Peraturan Daerah Nomor 9 Tahun 2012"}).items():
            treasurer.page.get_by_label(label).fill(text)
        for day, seen in (("2999-01-01", "tidak sesudah hari ini"), ("2016-03-09", "menunggu putusan")):
            treasurer.page.get_by_label("Tanggal keputusan").fill(day)
            treasurer.page.get_by_role("button", name="Usulkan kepada Kepala Badan").click()
            assert seen in treasurer.text and faultless(treasurer), treasurer.text
        treasurer.go("/petugas/uang").get_by_role("link", name="Sri Wahyuni").first.click()
        assert "973/Kep.112/2016" in treasurer.text and faultless(treasurer)
    proposed = people.ask("treasurer", retribution.MoneyWaiting(principal_of=turn.id))["ended"]
    assert [(row["waiting"], row["free"]) for row in proposed] == [(GRAVE, 0)]
