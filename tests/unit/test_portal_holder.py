"""Who holds a file while its retribution is done: the Bidang, then administration, then the Head."""

from contracts import intake, retribution
from contracts.noticeboard import Notice
from portal.file_view import FileView, file_view
from services.intake import heard
from services.noticeboard import actions, store
from tests.builders import FILE, Drawers, fact, on
from tests.unit.test_rooms_intake_path import filed, registered


def shown(drawers: Drawers, board: Drawers) -> FileView:
    board.hear(actions.note_move, drawers.heard(intake.ApplicationMoved)[-1])
    notice: Notice = store.notice(board, FILE)
    return file_view(notice, on(3, 12))


def test_the_file_is_held_by_whoever_is_to_do_something_for_its_skrd():
    drawers, board = registered(luas_m2="100.00", waktu="tetap")[0], Drawers()
    drawers.hear(heard.take_berita_acara, filed("recommended"))
    view = shown(drawers, board)
    assert (view.holder, view.stage) == ("Kepala Bidang", None)

    drawers.hear(heard.take_nota, fact(retribution.NotaPerhitunganFiled, signed_at=on(3, 10, 9)))
    view = shown(drawers, board)
    assert (view.holder, view.holder_unit, view.since) == (
        "Pelaksana Bidang Pelayanan Administrasi",
        None,
        on(3, 10, 9),
    )
    assert view.words == "Retribusi sudah dihitung; SKRD disiapkan"

    board.hear(actions.note_numbered_skrd, fact(retribution.SkrdNumbered, numbered_at=on(3, 10, 10)))
    view = shown(drawers, board)
    assert (view.holder, view.since) == ("Kepala Badan", on(3, 10, 10)) and view.status == "in_retribution"

    drawers.hear(heard.take_nota, fact(retribution.NotaPerhitunganFiled, signed_at=on(3, 10, 11)))
    assert shown(drawers, board).stage == "skrd_to_issue", "another nota, signed since"
    drawers.hear(heard.take_skrd, fact(retribution.SkrdIssued))
    assert shown(drawers, board).stage is None
