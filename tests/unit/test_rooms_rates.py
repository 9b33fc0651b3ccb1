"""Rates of exchange: entered once, held for seven days, kept with the nota that was computed by them."""

from datetime import date

from catalogue.exchange import ExchangeRules, exchange_rules
from catalogue.reading import DATA, read_yaml
from contracts import retribution
from services.retribution import rates
from services.retribution.proof import differences
from tests.assessed import Assessed
from tests.builders import Drawers, on, order, refused

WORKERS = {"jumlah_tka": 1, "lama_bulan": 12}
KMK = "Keputusan Menteri Keuangan Nomor 9/KM.10/2016"


def enter(drawers: Drawers, day: str, rupiah: str, **more) -> dict:
    said = order(retribution.RecordRate, day=day, rupiah=rupiah, stated_by=KMK, **more)
    return drawers.ask(rates.record_rate, said, "treasurer")


def workers(drawers: Drawers | None = None, file: str = "file-0001") -> Assessed:
    return Assessed("imta", None, WORKERS, file=file, drawers=drawers, bidang="tertentu")


def test_a_nota_in_dollars_takes_the_rate_of_its_day_and_gives_the_same_rupiah_again():
    file = workers()
    enter(file.drawers, "2016-03-02", "13159.50")
    file.prepare(who="tertentu-1").sign_nota(who="tertentu-head")
    nota = file.record.nota
    assert nota.total == 15_791_400 and nota.rate.day == date(2016, 3, 2) and nota.rate.source == KMK
    assert nota.remarks == [f"Kurs 2 Maret 2016 menurut {KMK}."]
    enter(file.drawers, "2016-03-08", "14000")
    assert differences(file.record) == [], "a later rate changes nothing of what was computed"
    assert workers(file.drawers, "file-0002").prepare(who="tertentu-1").record.nota.total == 16_800_000


def test_a_rate_that_is_too_old_does_not_count():
    file = workers()
    enter(file.drawers, "2016-03-01", "13000")
    assert file.prepare(at=on(3, 7, 10), who="tertentu-1").record.nota.total == 15_600_000
    assert file.prepare(at=on(3, 8, 10), who="tertentu-1").record.nota.lines[0].placeholder_city


def test_in_a_city_without_a_stand_in_no_nota_is_made_before_the_rate_is_entered(monkeypatch):
    rules = exchange_rules().model_copy(update={"stand_in": None})
    monkeypatch.setattr("catalogue.exchange.exchange_rules", lambda: rules)
    file = workers()
    no = refused("no_rate", lambda: file.prepare(who="tertentu-1"))
    assert "8 Maret 2016" in no.message and "bendahara" in no.remedy
    assert rates.rates_of(file.drawers, retribution.RatesOf())["today"] is None


def test_a_rate_is_entered_once_not_ahead_and_never_edited():
    drawers = Drawers()
    first = enter(drawers, "2016-03-02", "13159.50")
    assert enter(drawers, "2016-03-02", "13159.5") == first
    refused("conflicting_repeat", lambda: enter(drawers, "2016-03-02", "13160"))
    refused("in_the_future", lambda: enter(drawers, "2016-12-24", "13160"))
    enter(drawers, "2016-03-09", "13200")
    listed = rates.rates_of(drawers, retribution.RatesOf())
    assert [each["day"] for each in listed["rates"]] == ["2016-03-09", "2016-03-02"]
    assert listed["rates"][1]["by"] == "treasurer" and listed["rates"][1]["source"] == KMK


def test_a_wrong_rate_is_replaced_with_a_reason_and_the_nota_made_with_it_corrected():
    file = workers()
    enter(file.drawers, "2016-03-08", "1", sure=True)
    file.prepare(who="tertentu-1").sign_nota(who="tertentu-head")
    assert file.record.nota.total == 1_200
    no = refused("conflicting_repeat", lambda: enter(file.drawers, "2016-03-08", "13200"))
    assert no.field == "reason" and "Rp 1." in no.message
    enter(file.drawers, "2016-03-08", "13200", reason="Salah ketik: titik ribuan")
    assert differences(file.record) == [], "what was computed stays until it is corrected"
    [listed] = rates.rates_of(file.drawers, retribution.RatesOf())["rates"]
    assert (listed["rupiah"], listed["former"][0]["rupiah"]) == ("13200", "1")
    assert file.correct(WORKERS, on(3, 8, 12), "Kurs salah ketik.", who="tertentu-1")["total"] == 15_840_000


def test_a_rate_far_from_the_last_is_looked_at_twice():
    drawers = Drawers()
    assert refused("implausible_rate", lambda: enter(drawers, "2016-03-02", "1316")).field == "sure"
    enter(drawers, "2016-03-02", "17400")
    enter(drawers, "2016-03-03", "12500")
    refused("implausible_rate", lambda: enter(drawers, "2016-03-04", "125000", reason="Salah ketik sekali"))
    enter(drawers, "2016-03-04", "125000", sure=True)


def test_the_rules_say_what_is_assumed():
    rules = ExchangeRules.model_validate(read_yaml(DATA / "exchange.yaml"))
    assert rules.assumed and rules.stand_in.city and rules.holds_days == 7
