"""Bank statements for tests: a file of lines, handed in by the treasurer."""

from contracts import retribution
from services.retribution import statements
from tests.builders import Drawers, order

HEAD = "tanggal,referensi,keterangan,jumlah,arah"


def line(reference: str, text: str, amount: int, day: str = "2016-03-10", direction: str = "masuk") -> str:
    return f"{day},{reference},{text},{amount},{direction}"


def file_of(*lines: str) -> str:
    return "\n".join([HEAD, *lines]) + "\n"


def preview(drawers: Drawers, *lines: str) -> dict:
    return statements.preview(drawers, retribution.PreviewStatement(name="koran.csv", content=file_of(*lines)))


def take_in(drawers: Drawers, *lines: str, name: str = "koran.csv", times: int = 1) -> dict:
    said = order(retribution.ImportStatement, name=name, content=file_of(*lines))
    return drawers.ask(statements.take_in, said, "treasurer", times)


def undo(drawers: Drawers, number: str, reason: str = "Berkas rekening lain") -> dict:
    return drawers.ask(statements.undo, order(retribution.UndoStatement, number=number, reason=reason), "treasurer")
