"""The archive seals what a closed file consists of, copies it to the second site and proves it there.

Hears: a file is to be archived; its own sealed bundle, to copy it.
Says: a bundle is archived here, a bundle is replicated and verified there.
Keeps: `bundles` (one document per file: manifest, hashes, where and when verified).
"""
