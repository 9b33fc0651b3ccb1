"""Files that depend on another: a child waits for its parent's licence, stands still with it and goes on with it."""

from catalogue.holds import PARENT, SUSPENDED, hold, turn
from contracts import intake
from plumbing.messaging.book import Book
from services.intake import store
from services.intake.clock import lapses_on
from services.intake.model import Application
from values.happening import latest
from values.refusal import Refusal

CLOSED_WITHOUT = ("refused", "withdrawn")


def attach(book: Book, child: Application, parent_id: str) -> None:
    """Make a file depend on another one of the same applicant that is open or came to its licence."""
    parent = store.find(book, parent_id)
    if parent is None or parent.applicant.nik != child.applicant.nik:
        raise Refusal(
            "unknown_parent",
            "Berkas induk tidak ditemukan di antara berkas pemohon ini.",
            field="parent",
            remedy="Periksa berkas yang dimaksud; berkas induk dan anak harus dari pemohon yang sama.",
        )
    if parent.standing.outcome in CLOSED_WITHOUT:
        raise Refusal(
            "parent_closed",
            "Berkas induk sudah ditutup tanpa izin.",
            field="parent",
            remedy="Pilih berkas induk lain atau ajukan kembali berkas induknya.",
        )
    above: Application | None = parent
    while above is not None:
        if above.id == child.id:
            raise Refusal(
                "circular_parent",
                "Berkas ini adalah induk dari berkas yang dimaksud.",
                field="parent",
                remedy="Pilih berkas induk lain.",
            )
        above = store.find(book, above.parent) if above.parent else None
    if child.parent == parent.id:
        return
    _detach(book, child)
    child.parent = parent.id
    parent.children.append(child.id)
    store.save(book, parent)


def _detach(book: Book, child: Application) -> None:
    before = store.find(book, child.parent) if child.parent else None
    if before is not None:
        before.children.remove(child.id)
        store.save(book, before)


def stand_with_parent(book: Book, child: Application) -> None:
    """Enter what a file's parent makes of it now: it stands still, or waits before its issuance, or goes on."""
    if child.parent is None or child.standing.outcome is not None:
        return
    parent = store.find(book, child.parent)
    theirs, at = parent.standing, max(latest(child.history), latest(parent.history))
    name = parent.resi or parent.id[:8]
    halted = hold(child.history, SUSPENDED)
    if theirs.outcome in CLOSED_WITHOUT:
        if halted is None or halted.what == "suspended_with_parent":
            _halt(book, child, "parent_closed", at, f"Berkas induk {name} ditutup tanpa izin.")
    elif theirs.hold is not None and theirs.hold.because == SUSPENDED:
        if halted is None:
            _halt(book, child, "suspended_with_parent", at, f"Berkas induk {name} ditangguhkan.")
    elif halted is not None and halted.by_parent:
        child.history.append(book.happening("revived", at, f"Berkas induk {name} berjalan kembali."))
        note = child.history[-1].note
        book.say(intake.ApplicationRevived(application_id=child.id, reason=note, turn=turn(child.history)))
    waiting = hold(child.history, PARENT)
    if theirs.outcome == "issued" and waiting is not None:
        child.history.append(book.happening("parent_ready", max(at, waiting.since), f"Izin induk {name} terbit."))
    elif theirs.outcome is None and waiting is None and child.step.act in ("initial", "sign"):
        child.history.append(book.happening("waits_for_parent", child.standing.since, f"Menunggu izin induk {name}."))


def _halt(book: Book, child: Application, what: str, at, note: str) -> None:
    child.history.append(book.happening(what, at, note))
    held = hold(child.history, SUSPENDED)
    lapses = lapses_on(child, held) if what == "parent_closed" else None
    said = intake.ApplicationSuspended(
        application_id=child.id, reason=note, parent=child.parent, lapses_on=lapses, turn=turn(child.history)
    )
    book.say(said)
