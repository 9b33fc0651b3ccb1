"""What the archive says: a bundle is sealed here, and later proven on the second site."""

from pydantic import AwareDatetime

from contracts.base import Event, Query
from contracts.documents import Sha256
from contracts.intake import APPLICATION


class FindBundle(Query):
    example = {"application_id": APPLICATION}
    application_id: str


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
