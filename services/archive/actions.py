"""Verbs of the archive: seal here, prove there. Both are slow work; only what was seen to hold is said."""

from collections.abc import Callable

from contracts import archive, intake
from contracts.people import Actor
from plumbing.messaging.book import Book, Reader
from plumbing.object_store import content_key
from services.archive import store
from services.archive.gateways import Sites
from services.archive.model import ArchivedFile, Bundle, known_by, manifest_name, manifest_of
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
        file = file.model_copy(update=known_by(event))
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
        store.save_second_site(book, book.now, file.id)
        proven = archive.BundleReplicated(
            application_id=file.id,
            manifest_sha256=event.manifest_sha256,
            objects=len(event.objects) + 1,
            verified_at=book.now,
        )
        book.say(proven)

    return finish


def verify(sites: Sites, reader: Reader, order: archive.VerifyBundle) -> Callable[[Book], dict]:
    """Read all bundles of a file on both sites; what was found is kept with who asked. Nothing is mended by it."""
    now = reader.now
    bundles = _kept(reader, order.application_id).bundles
    found = {b.manifest: [sites.check("primary", b, now), sites.check("second", b, now)] for b in bundles}

    def finish(book: Book) -> dict:
        file = _kept(book, order.application_id)
        for bundle in file.bundles:
            bundle.checks = found.get(bundle.manifest, bundle.checks)
        good = all(check.good for checks in found.values() for check in checks)
        file.history.append(book.happening("bundle_verified", note="" if good else "ada yang tidak cocok"))
        store.save(book, file)
        if good:
            store.save_second_site(book, now, file.id)
        return {"good": good, "checks": [c.model_dump(mode="json") for checks in found.values() for c in checks]}

    return finish


def open_paper(book: Book, order: archive.OpenPaper) -> dict:
    """The paper is of this file: who reads it is kept. Refusals: `not_archived`, `not_of_this_file`."""
    file = _kept(book, order.application_id)
    document = next((d for d in file.documents if d.sha256 == order.sha256), None)
    if document is None:
        raise Refusal("not_of_this_file", "Berkas ini tidak memuat dokumen itu.", field="sha256")
    file.history.append(book.happening("paper_opened", note=document.sha256))
    store.save(book, file)
    return document.model_dump(mode="json")


def find(reader: Reader, question: archive.FindBundle, actor: Actor) -> dict:
    """One closed file whole; the applicant's name for the archivist alone. Refusal: `not_archived`."""
    file = _kept(reader, question.application_id)
    hidden = {"found_by", "type_month"} | (set() if actor.role == "archivist" else {"applicant"})
    return file.model_dump(mode="json", exclude=hidden)


def _kept(source: Book | Reader, application_id: str) -> ArchivedFile:
    file = store.find(source, application_id)
    if file is None:
        raise Refusal("not_archived", "Berkas ini belum diarsipkan.", field="application_id")
    return file
