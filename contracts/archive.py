"""What the archive says: a bundle is sealed here, and later proven on the second site."""

from datetime import date

from pydantic import AwareDatetime, Field

from contracts.base import Command, Event, Query
from contracts.documents import Sha256
from contracts.intake import APPLICATION


class FindBundle(Query):
    """The sealed bundles of a file, with every paper's hash, on both sites."""

    example = {"application_id": APPLICATION}
    application_id: str


class SearchBundles(Query):
    """Closed files by what somebody knows of them: a number printed on one of their papers, words of the applicant's
    name, or the days on which they were closed: at most 31 of them, with a licence type a year."""

    example = {"number": "R-2016-000123-7", "name": None, "licence_type": None, "since": None, "until": None}
    number: str | None = Field(None, max_length=80)
    name: str | None = Field(None, max_length=120)
    licence_type: str | None = Field(None, max_length=40)
    since: date | None = None
    until: date | None = None


class VerifyBundle(Command):
    """Read every paper and the manifest of a file on both sites now, and compare them with their hashes. The record
    keeps who asked and what was found."""

    example = {"command_id": "verify-0001", "application_id": APPLICATION}
    application_id: str


class OpenPaper(Command):
    """A paper of a closed file is read. The answer says where it is; the record keeps who read it and when."""

    example = {"command_id": "open-0001", "application_id": APPLICATION, "sha256": "0e" * 32}
    application_id: str
    sha256: str = Sha256


class BundleArchived(Event):
    """Everything of the file was read back from the primary store, listed with its hashes, and sealed.

    A file withdrawn before it held any paper has no `objects`: its bundle is the manifest with the record alone.
    """

    example = {
        "application_id": APPLICATION,
        "manifest": "bundles/2016/03/0191e2a4.json",
        "manifest_sha256": "0f" * 32,
        "objects": ["0e" * 32],
    }
    manifest: str
    manifest_sha256: str = Sha256
    objects: list[str]


class BundleReplicated(Event):
    """The second site holds every object and the manifest, read back there and found identical: *archived*."""

    example = {
        "application_id": APPLICATION,
        "manifest_sha256": "0f" * 32,
        "objects": 9,
        "verified_at": "2016-03-11T03:00:00+00:00",
    }
    manifest_sha256: str = Sha256
    objects: int
    verified_at: AwareDatetime
