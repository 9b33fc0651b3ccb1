"""Doors of the archive."""

from contracts import archive, intake
from plumbing.messaging.doors import Bus, command, on, query
from services.archive import actions, searching
from services.archive.gateways import Sites
from services.archive.store import COLLECTIONS, RECORDS


class Archive:
    name = "archive"
    records = RECORDS
    collections = COLLECTIONS
    bus = Bus()

    def open(self, settings):
        self.sites = Sites(settings)

    @query(archive.FindBundle, roles=("archivist", "operator"))
    def find_bundle(self, reader, question, actor):
        return actions.find(reader, question, actor)

    @query(archive.SearchBundles, roles=("archivist",))
    def search_bundles(self, reader, question, actor):
        return searching.search(reader, question)

    @command(archive.VerifyBundle, roles=("archivist", "operator"), slow=True)
    def verify_bundle(self, reader, order):
        return actions.verify(self.sites, reader, order)

    @command(archive.OpenPaper, roles=("archivist",))
    def open_paper(self, book, order):
        return actions.open_paper(book, order)

    @on(intake.ArchivingDue, slow=True)
    def on_archiving_due(self, reader, event):
        return actions.seal(self.sites, event)

    @on(archive.BundleArchived, slow=True)
    def on_bundle_archived(self, reader, event):
        return actions.replicate(self.sites, event)
