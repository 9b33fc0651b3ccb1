"""An urgent licence, signed while the head is away: through the whole office, as it was entered from paper."""

import pytest

from contracts import archive, issuance
from plumbing.messaging.envelope import new_id
from tests.people import People, eventually
from tests.turns import SECONDS, Turn, on
from values.refusal import Refusal

pytestmark = pytest.mark.usefixtures("nothing_is_parked")
WHY = "Pemegang izin berangkat besok pagi"


def test_an_urgent_licence_is_signed_by_the_acting_head_and_the_archive_tells_why_an_initial_is_missing(people: People):
    turn = Turn(people, "siup", "kecil").registered()
    eventually(turn.drafted, SECONDS, "the draft")

    # The Bidang has initialled; there is no time for Tata Usaha, and those whose paper it is say so.
    turn.do("jasa-usaha-head", issuance.InitialDraft, on(8, 9, month=8))
    marked = turn.do("administration-head", issuance.MarkDraft, on(8, 10, month=8), exception="urgent", reason=WHY)
    assert marked == {"skipped": ["tata_usaha_head"], "next": "administration_head"}
    turn.do("administration-head", issuance.InitialDraft, on(8, 11, month=8))
    eventually(lambda: people.where(turn.id)["standing"]["step"] == "sign", SECONDS, "the file at the signature")

    # The head is away from 8 to 12 August; the head of Tata Usaha acts, in those days and in no others.
    assert "8 Agustus 2016 sampai 12 Agustus 2016" in refused(people, "head-2014", None, turn.id, 9, "no_authority")
    assert "8 Agustus 2016 sampai 12 Agustus 2016" in refused(
        people, "tata-usaha-head", "head", turn.id, 13, "not_in_office"
    )
    refused(people, "counter-1", "head", turn.id, 9, "not_in_office")
    refused(people, "camat-bekasi-timur", None, turn.id, 9, "no_authority")
    signed = people.ask("tata-usaha-head", signature(turn.id, 9), role="head")
    assert signed["number"].endswith("-BPPT/VIII/2016")

    # Handed over and archived; what happened is in the file's history and sealed with it.
    eventually(lambda: turn.happened("licence_issued"), SECONDS, "the licence")
    given = {"receiver": "holder", "identity_checked": True}
    turn.do("counter-3", issuance.HandOverLicence, on(10, month=8), **given)
    end = people.wait_for(turn.id, "archived", SECONDS)
    [skipped] = [entry for entry in end["history"] if entry["what"] == "initial_skipped"]
    assert skipped["step"] == "initial_tata_usaha_head" and WHY in skipped["note"]
    assert "Nomor 60 Tahun 2009" in skipped["note"]
    bundle = people.ask("archivist", archive.FindBundle(application_id=turn.id))["bundles"][-1]
    assert WHY in people.second.get_named(bundle["manifest"]).decode()


def signature(file: str, day: int) -> issuance.SignLicence:
    return issuance.SignLicence(command_id=new_id(), application_id=file, acted_at=on(day, month=8))


def refused(people: People, who: str, role: str | None, file: str, day: int, code: str) -> str:
    with pytest.raises(Refusal) as no:
        people.ask(who, signature(file, day), role=role)
    assert no.value.code == code
    return no.value.message
