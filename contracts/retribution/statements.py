"""What retribution is asked about the bank's statement: read it first, keep it, take it back, compare it."""

from pydantic import Field

from contracts.base import Command, Query, Words

CONTENT = "tanggal,referensi,keterangan,jumlah,arah\n2016-03-15,BJB-20160315-000981,201603000123,187625,masuk\n"
Name = Field(min_length=1, max_length=120, description="what the file is called where it came from")
Content = Field(min_length=1, max_length=410_000, description="the CSV as text, its form in docs/retribution.md")


class PreviewStatement(Query):
    """What would become of each line of a bank statement, and which lines cannot be read. Nothing is kept."""

    example = {"name": "rekening-2016-03-15.csv", "content": CONTENT}
    name: Words = Name
    content: str = Content


class ImportStatement(Command):
    """The treasurer hands in a bank statement. Money in it that nobody told of becomes payments; the same file again is
    the same import, the same bank reference the same money."""

    example = {"command_id": "c-00000050", "name": "rekening-2016-03-15.csv", "content": CONTENT}
    name: Words = Name
    content: str = Content


class UndoStatement(Command):
    """A whole import was wrong: what it alone had brought is taken back by new entries."""

    example = {"command_id": "c-00000051", "number": "RK-2016-00001", "reason": "Berkas rekening lain terunggah"}
    number: str = Field(pattern=r"^RK-[0-9]{4}-[0-9]{5,}$")
    reason: Words = Field(min_length=10, max_length=500)


class StatementsOf(Query):
    """The imports, the newest first, those undone among them."""

    example = {"most": 20}
    most: int = Field(20, ge=1, le=200)


class ReconciliationOf(Query):
    """What books and bank statements did not agree in when they were last compared, and when that was."""

    example = {"most": 200}
    most: int = Field(200, ge=1, le=1_000)
