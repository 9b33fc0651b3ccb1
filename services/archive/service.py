"""Doors of the archive."""

from contracts import archive, intake
from plumbing.messaging.doors import Bus, on, query
from services.archive import actions
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
        return actions.find(reader, question)

    @on(intake.ArchivingDue, slow=True)
    def on_archiving_due(self, reader, event):
        return actions.seal(self.sites, event)

    @on(archive.BundleArchived, slow=True)
    def on_bundle_archived(self, reader, event):
        return actions.replicate(self.sites, event)
