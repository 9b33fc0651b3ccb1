"""The visit: another time asked for, photos with time and place, attendance, dissent, what is added after signing."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from contracts import technical_team
from contracts.technical_team import Photo
from services.technical_team import printing, visiting, worklist
from tests.builders import Papers, fact, officer, on, order, refused
from tests.people import a_jpeg
from tests.team import SKPD, Team
from tests.unit.test_rooms_technical_team_outcome import printed


def visited() -> Team:
    """A file whose members are on site at nine on 7 March."""
    team = Team().accept()
    team.book()
    return team


def photo(papers: Papers, text: str = "depan", **more) -> dict:
    data = a_jpeg(text)
    document = papers.hand_in(text) | {"kind": "photo", "media_type": "image/jpeg", "sha256": papers.store.put(data)}
    fields = {"document": document | {"size": len(data)}, "taken_at": on(3, 7, 9, 20), "place": "Sisi depan"}
    return fields | more


def attach(team: Team, papers: Papers, text: str = "depan", at=None, **more):
    sent = {"photo": photo(papers, text, **more)}
    return team.one(visiting.attach_photo, technical_team.AttachPhoto, "distako", at or on(3, 7, 9, 30), **sent)


def propose(team: Team, at=None):
    wish = {"starts_at": on(3, 8), "ends_at": on(3, 8, 10), "reason": "Ada rapat dinas"}
    return team.one(visiting.propose_slot, technical_team.ProposeSlot, "distako", at or on(3, 3, 9), **wish)


def test_a_proposed_time_stands_with_the_task_until_the_bidang_books():
    team = Team().accept()
    propose(team)
    asked = technical_team.WorkOf(what="to_book")
    line = worklist.work_of(team.drawers, asked, officer("jasa-usaha-1"))["work"][0]
    assert [m["proposal"] and m["proposal"]["reason"] for m in line["members"]] == ["Ada rapat dinas", None]
    team.book(on(3, 8))
    assert [task.proposal for task in team.case.tasks] == [None, None]


def test_a_time_that_has_passed_cannot_be_proposed():
    team = Team().accept()
    refused("bad_period", lambda: propose(team, at=on(3, 9)))


def test_photos_join_the_findings_from_the_beginning_of_the_visit_until_the_signature():
    team, papers = visited(), Papers()
    refused("before_appointment", lambda: attach(team, papers, at=on(3, 6)))
    assert attach(team, papers) == {"photos": 1}
    assert attach(team, papers) == {"photos": 1}, "the same picture twice is one"
    team.find()
    assert attach(team, papers, "belakang", at=on(3, 7, 10, 30)) == {"photos": 2}
    team.sign()
    refused("wrong_state", lambda: attach(team, papers, "samping", at=on(3, 7, 12)))


def test_a_photo_can_be_taken_out_again_and_the_history_knows():
    team, papers = visited(), Papers()
    attach(team, papers)
    held = team.case.task("distako").photos[0].document.sha256
    team.one(visiting.remove_photo, technical_team.RemovePhoto, "distako", on(3, 7, 10), sha256=held)
    assert team.case.task("distako").photos == [] and team.case.history[-1].what == "photo_removed"
    again = {"sha256": held}
    refused(
        "unknown_photo",
        lambda: team.one(visiting.remove_photo, technical_team.RemovePhoto, "distako", on(3, 7, 10), **again),
    )


def test_a_photo_from_tomorrow_or_with_half_a_position_is_refused():
    team, papers = visited(), Papers()
    later = team.drawers.now.replace(year=2017)
    refused("in_the_future", lambda: attach(team, papers, taken_at=later))
    with pytest.raises(ValidationError, match="belong together"):
        Photo.model_validate(photo(papers, latitude=Decimal("-6.2")))


def test_the_paper_prints_attendance_dissent_and_photos_with_where_they_are_from():
    team, papers = visited(), Papers()
    attach(team, papers, latitude=Decimal("-6.238270"), longitude=Decimal("106.975573"), read_from_photo=True)
    team.find(disbang="correction")
    team.one(
        visiting.record_findings,
        technical_team.RecordFindings,
        "distako",
        on(3, 7, 10, 30),
        observations=[{"point": "Garis sempadan", "fits": False}],
        recommendation="recommended",
        opinion="Dapat disetujui",
        attendance="represented",
        represented_by="Rudi Hartono",
    )
    signed = {"dissent": "Menurut kami tidak perlu diperbaiki"}
    team.one(visiting.sign, technical_team.SignBeritaAcara, "distako", on(3, 7, 11), **signed)
    team.one(visiting.sign, technical_team.SignBeritaAcara, "disbang", on(3, 7, 11))
    team.verify()
    printed(team, papers)
    made = papers.made["berita_acara"]
    assert [m["attendance"] for m in made["members"]] == ["Diwakili oleh Rudi Hartono", "Hadir"]
    assert [r["dissent"] for r in made["recommendations"]] == [signed["dissent"], ""]
    assert made["photos"][0]["position"] == "-6,238270; 106,975573"
    filed = team.drawers.heard(technical_team.BeritaAcaraFiled)[-1]
    assert [document.kind for document in filed.photos] == ["photo"]


def test_whom_a_member_is_represented_by_is_said_when_they_are_and_only_then():
    team = visited()
    fields = {"observations": [{"point": "Garis", "fits": True}], "recommendation": "recommended", "opinion": "Baik"}
    for attendance, by in (("represented", ""), ("present", "Rudi")):
        said = fields | {"attendance": attendance, "represented_by": by}
        refused(
            "representative",
            lambda said=said: team.one(
                visiting.record_findings, technical_team.RecordFindings, "distako", on(3, 7, 10), **said
            ),
        )


def test_what_is_read_before_signing_is_what_will_be_printed():
    team, papers = visited(), Papers()
    team.find()
    asked = technical_team.ReadBeritaAcara(application_id=team.file)
    before = printing.read(papers, team.drawers, asked, officer(team.officer_of("distako")))
    refused("wrong_bidang", lambda: printing.read(papers, team.drawers, asked, officer("tertentu-head")))
    team.sign().verify()
    printed(team, papers)
    made = papers.made["berita_acara"]
    for part in ("held", "members", "findings", "photos", "conclusion", "object_address"):
        assert before[part] == made[part], part


def add(team: Team, at, text="Sumur resapan sudah dibangun"):
    return team.one(visiting.add_addendum, technical_team.AddAddendum, "distako", at, text=text)["number"]


def test_what_is_added_before_the_verification_is_printed_with_the_berita_acara():
    team, papers = visited(), Papers()
    team.find()
    refused("wrong_state", lambda: add(team, on(3, 7, 10, 30)))
    team.sign()
    assert add(team, on(3, 7, 12)) == "T1"
    team.verify()
    printed(team, papers)
    assert [each["number"] for each in papers.made["berita_acara"]["addenda"]] == ["T1"]
    assert team.drawers.heard(technical_team.AddendumSigned) == []


def test_what_is_added_after_it_is_a_paper_of_its_own_and_joins_the_file():
    team, papers = visited(), Papers()
    team.find().sign().verify()
    printed(team, papers)
    number = add(team, on(3, 9))
    assert number == f"{team.case.number}/T1"
    said = team.drawers.heard(technical_team.AddendumSigned)[0]
    team.drawers.let(printing.print_addendum(papers, team.drawers, said))
    assert papers.made["addendum"]["berita_acara"]["number"] == team.case.number
    filed = team.drawers.heard(technical_team.AddendumFiled)[0]
    assert (filed.document.kind, filed.document.number) == ("addendum", number)
    refused(
        "not_your_task",
        lambda: team.one(
            visiting.add_addendum,
            technical_team.AddAddendum,
            "distako",
            on(3, 10),
            who="tim-distako-3",
            text="Sumur resapan sudah dibangun",
        ),
    )


def test_a_bidang_sees_what_each_of_its_files_waits_for():
    team = Team()

    def kinds() -> list[str]:
        seen = {}
        for what in ("to_accept", "to_book", "to_examine", "to_verify"):
            asked = technical_team.WorkOf(what=what)
            seen[what] = worklist.work_of(team.drawers, asked, officer("jasa-usaha-head"))["work"]
            assert worklist.work_of(team.drawers, asked, officer("tertentu-head"))["work"] == []
        return [what for what, found in seen.items() if found]

    assert kinds() == ["to_accept"]
    team.accept()
    assert kinds() == ["to_book"]
    team.book()
    assert kinds() == ["to_examine"]
    team.find().sign()
    assert kinds() == ["to_verify"]
    team.verify()
    assert kinds() == []


def test_the_calendar_shows_when_members_are_busy_and_with_what_only_to_whom_it_concerns():
    team = visited()
    other = Team("file-000002", team.drawers, bidang="tertentu")
    asked = technical_team.CalendarOf(application_id=team.file, since=on(3, 7).date(), days=1)
    members = worklist.calendar_of(team.drawers, asked, officer("jasa-usaha-1"))["members"]
    assert [(m["skpd"], len(m["busy"])) for m in members] == [(skpd, 1) for skpd in SKPD]
    assert members[0]["busy"][0]["starts_at"] == "2016-03-07T02:00:00+00:00"
    assert members[0]["busy"][0]["ends_at"] == "2016-03-07T03:00:00+00:00"
    for task, mine in zip(other.case.tasks, team.case.tasks, strict=True):
        assert task.officer != mine.officer
    own = technical_team.CalendarOf(since=on(3, 7).date(), days=1)
    busy = worklist.calendar_of(team.drawers, own, officer(team.officer_of("distako")))["members"][0]["busy"]
    assert busy[0]["resi"] == team.case.resi
    refused("which_file", lambda: worklist.calendar_of(team.drawers, own, officer("jasa-usaha-1")))
    refused("wrong_bidang", lambda: worklist.calendar_of(team.drawers, asked, officer("tertentu-1")))


def test_the_calendar_says_the_minutes_that_were_booked_though_people_are_held_by_the_half_hour():
    team = Team().accept()
    team.book(on(3, 7, 15, 25), hours=0.5)
    asked = technical_team.CalendarOf(application_id=team.file, since=on(3, 7).date(), days=1)
    busy = worklist.calendar_of(team.drawers, asked, officer("jasa-usaha-1"))["members"][0]["busy"]
    assert [(b["starts_at"][11:16], b["ends_at"][11:16]) for b in busy] == [("08:25", "08:55")]
    assert len(team.booked()) == 4, "15.00 to 16.00 for two"


def test_cases_of_an_older_version_get_their_place_on_the_lists():
    team = Team()
    key = ("cases", team.file)
    kept = {n: v for n, v in team.drawers.documents[key].items() if n not in ("at_work", "waits")}
    team.drawers.documents[key] = kept
    mine = officer(team.officer_of("distako"))
    assert worklist.tasks_of(team.drawers, mine) == []
    for due in list(worklist.unplanned(team.drawers)):
        team.drawers.let(due.act)
    assert len(worklist.tasks_of(team.drawers, mine)) == 1
    assert list(worklist.unplanned(team.drawers)) == []


def test_a_task_says_until_when_there_is_time():
    team = Team()
    line = worklist.tasks_of(team.drawers, officer(team.officer_of("distako")))[0]
    assert line["due"] > line["since"] and line["applicant"] and line["object"]["address"]


def test_the_example_of_a_photo_fits_the_command():
    assert fact(technical_team.AttachPhoto).photo.latitude == Decimal("-6.238270")
    assert order(technical_team.AttachPhoto, skpd="distako", photo=technical_team.PHOTO_EXAMPLE).photo.read_from_photo
