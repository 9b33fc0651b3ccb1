"""The story of one application, from the counter to the archive on the second site, by the people in it."""

from catalogue.licences import licence_type
from contracts import archive, intake, issuance, notification, retribution, technical_team
from tests.people import People, a_jpeg, eventually
from values.refusal import Refusal


def on(day: int, hour: int = 9, minute: int = 0) -> str:
    """A moment in office hours of March 2016: the file is entered from paper, and the paper's date wins."""
    return f"2016-03-{day:02d}T{hour:02d}:{minute:02d}:00+07:00"


def test_a_house_gets_its_permit(people: People):
    kind = licence_type("imb")
    lacking = kind.requirements[0].code

    # Siti hands in her papers at the counter, one short. There is no resi before the file is complete.
    file = people.submit(
        "imb", "rumah_tinggal", leave_out=(lacking,), quantities={"luas_m2": "100.00", "waktu": "tetap"}, acted_at=on(1)
    )
    assert people.tick(file, "imb", "rumah_tinggal", acted_at=on(1, 10), **{lacking: "missing"})["lacking"] == [lacking]
    assert people.where(file)["resi"] is None
    assert people.where(file)["standing"]["holder"] == "Pemohon"

    # She brings what lacks; the file is complete, has its resi and a promised date.
    paper = people.hand_in(a_jpeg(file), "image/jpeg")
    people.do("counter-2", intake.AnswerItem, application_id=file, requirement=lacking, document=paper, acted_at=on(2))
    registered = people.tick(file, "imb", "rumah_tinggal", acted_at=on(2, 10))
    resi = registered["resi"]
    assert people.ask("counter-1", intake.FindApplication(resi=resi))["application_id"] == file
    assert registered["promised_on"] > "2016-03-02"

    # The technical team of each SKPD is invited; one officer declines and another takes the task.
    case = eventually(lambda: _case(people, file), 10, "the case of the technical team")
    first = case["tasks"][0]
    successor = people.do(
        first["officer"],
        technical_team.DeclineTask,
        application_id=file,
        skpd=first["skpd"],
        reason="Bertugas di luar kota",
        acted_at=on(3),
    )["offered_to"]
    assert successor != first["officer"]
    tasks = {task["skpd"]: task["officer"] for task in _case(people, file)["tasks"]}
    for skpd, officer in tasks.items():
        people.do(officer, technical_team.AcceptTask, application_id=file, skpd=skpd, acted_at=on(3, 11))

    # They meet on site, record what they found, sign; the head of the Bidang verifies.
    visit = {"starts_at": on(4, 9), "ends_at": on(4, 10), "place": "Jl. Melati No. 12"}
    people.do("jasa-usaha-1", technical_team.BookAppointment, application_id=file, acted_at=on(3, 13), **visit)
    for skpd, officer in tasks.items():
        people.do(
            officer,
            technical_team.RecordFindings,
            application_id=file,
            skpd=skpd,
            observations=[{"point": "Garis sempadan", "fits": True}],
            recommendation="recommended",
            opinion="Sesuai rencana tata ruang",
            acted_at=on(4, 10),
        )
    for skpd, officer in tasks.items():
        people.do(officer, technical_team.SignBeritaAcara, application_id=file, skpd=skpd, acted_at=on(4, 11))
    verified = people.do("jasa-usaha-head", technical_team.VerifyBeritaAcara, application_id=file, acted_at=on(7))
    assert verified["outcome"] == "recommended"

    # The retribution is computed (published: 100 m2 give Rp 140.625), demanded, and paid once though said twice.
    nota = people.soon("jasa-usaha-1", retribution.PrepareNota, application_id=file, acted_at=on(8))
    assert nota["total"] == 140_625
    people.do("jasa-usaha-head", retribution.SignNota, application_id=file, acted_at=on(8, 10))
    people.do("administration-1", retribution.IssueSkrd, application_id=file, acted_at=on(8, 11))
    skrd = people.do("head-2014", retribution.SignSkrd, application_id=file, acted_at=on(8, 13))
    assert skrd["due_on"] == "2016-04-07"
    for _ in range(2):
        people.do(
            "treasurer",
            retribution.RecordPayment,
            payment_code=skrd["payment_code"],
            amount=140_625,
            bank_reference=f"BJB-{file[-12:]}",
            paid_at=on(10),
        )
    found = people.ask("treasurer", retribution.FindAssessment(application_id=file))
    assert (found["paid"], found["overpaid"], len(found["payments"])) == (140_625, 0, 1)

    # The licence is initialled in order, signed under a recorded authority, numbered, handed over.
    people.soon("jasa-usaha-head", issuance.InitialDraft, application_id=file, acted_at=on(14))
    people.do("administration-head", issuance.InitialDraft, application_id=file, acted_at=on(14, 10))
    people.do("tata-usaha-head", issuance.InitialDraft, application_id=file, acted_at=on(14, 11))
    signed = people.do("head-2014", issuance.SignLicence, application_id=file, acted_at=on(15))
    assert signed["number"].endswith("-BPPT/III/2016")
    people.soon(
        "counter-3",
        issuance.HandOverLicence,
        application_id=file,
        receiver="holder",
        identity_checked=True,
        acted_at=on(16),
    )

    # Anyone can check it by its code.
    checked = people.ask(
        "warga-1", issuance.FindLicence(verification_code=signed["verification_code"]), role="applicant"
    )
    assert (checked["number"], checked["valid"]) == (signed["number"], True)

    # The bundle is sealed here and proven on the second site; only then is the file archived.
    end = people.wait_for(file, "archived")
    assert end["standing"]["outcome"] == "issued"
    kinds = [document["kind"] for document in end["documents"]]
    for kind in ("resi", "berita_acara", "nota_perhitungan", "skrd", "tanda_bukti_pembayaran", "licence"):
        assert kinds.count(kind) == 1, kind
    bundle = people.ask("archivist", archive.FindBundle(application_id=file))["bundles"][-1]
    assert set(bundle["objects"]) == {document["sha256"] for document in end["documents"]}
    for digest in bundle["objects"]:
        assert people.second.get(digest) == people.store.get(digest)
    assert people.second.get_named(bundle["manifest"]) == people.store.get_named(bundle["manifest"])

    # And at every turn somebody was told.
    turns = "diterima kekurangan terdaftar undangan_tim jadwal berita_acara skrd lunas terbit diserahkan diarsipkan"
    told = eventually(lambda: _told(people, file, set(turns.split())), 20, "the letters")
    assert {letter["outcome"] for letter in told} == {"sent"}


def _case(people: People, file: str) -> dict | None:
    try:
        return people.ask("jasa-usaha-1", technical_team.FindCase(application_id=file))
    except Refusal:
        return None


def _told(people: People, file: str, turns: set[str]) -> list[dict] | None:
    letters = people.ask("counter-1", notification.DeliveriesOf(application_id=file))
    return letters if turns <= {letter["turn"] for letter in letters} else None
