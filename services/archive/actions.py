"""Verbs of the archive: seal here, prove there. Both are slow work; only what was seen to hold is said."""

from collections.abc import Callable

from contracts import archive, intake
from plumbing.messaging.book import Book, Reader
from plumbing.object_store import content_key
from services.archive import store
from services.archive.gateways import Sites
from services.archive.model import ArchivedFile, Bundle, manifest_name, manifest_of
from values.refusal import Refusal


def seal(sites: Sites, event: intake.ArchivingDue) -> Callable[[Book], None]:
    """Read every paper back from the primary store, list it with its hash, and seal the list.

    `Missing` and `Damaged` from the store are our failure: the event is retried and then parked, never passed over.
    """
    for document in event.documents:
        sites.prove(content_key(document.sha256))
    name = manifest_name(event)
    digest = sites.primary.put_named(name, sites.seal(manifest_of(event)))
    objects = list(dict.fromkeys(document.sha256 for document in event.documents))

    def finish(book: Book) -> None:
        file = store.find(book, event.application_id) or ArchivedFile(id=event.application_id, resi=event.resi)
        bundle = Bundle(
            manifest=name, manifest_sha256=digest, objects=objects, outcome=event.outcome, sealed_at=book.now
        )
        file.bundles.append(bundle)
        file.documents = event.documents
        file.history.append(book.happening("bundle_sealed"))
        store.save(book, file)
        sealed = archive.BundleArchived(application_id=file.id, manifest=name, manifest_sha256=digest, objects=objects)
        book.say(sealed)

    return finish


def replicate(sites: Sites, event: archive.BundleArchived) -> Callable[[Book], None]:
    """Copy every paper and the manifest to the second site, each read back there and compared."""
    for digest in event.objects:
        sites.copy(content_key(digest))
    sites.copy(event.manifest)

    def finish(book: Book) -> None:
        file = store.heard_of(book, event.application_id)
        bundle = next(b for b in file.bundles if b.manifest == event.manifest)
        bundle.replicated_at = book.now
        file.history.append(book.happening("bundle_replicated"))
        store.save(book, file)
        proven = archive.BundleReplicated(
            application_id=file.id,
            manifest_sha256=event.manifest_sha256,
            objects=len(event.objects) + 1,
            verified_at=book.now,
        )
        book.say(proven)

    return finish


def find(reader: Reader, question: archive.FindBundle) -> dict:
    file = store.find(reader, question.application_id)
    if file is None:
        raise Refusal("not_archived", "Berkas ini belum diarsipkan.", field="application_id")
    return file.model_dump(mode="json")
