"""The two sites that keep documents: two S3 servers over two folders, with their own keys."""

import os
import shutil
from pathlib import Path

from deploy.stack.home import Home
from deploy.stack.part import Part, base_environment, tool

BUCKET = "ptsp-documents"
SITES = {"primary": "primary_site", "second": "second_site"}  # name in the settings: name of the part
_UPLOAD = ".rclone_temp_"


def site_parts(home: Home, ports: dict[str, int], secrets: dict) -> list[Part]:
    """Make the buckets, clear what interrupted uploads left, and describe the servers."""
    return [_site(home, part, ports[part], secrets[site]) for site, part in SITES.items()]


def _site(home: Home, name: str, port: int, keys: dict[str, str]) -> Part:
    folder = home.data / name
    (folder / BUCKET).mkdir(parents=True, exist_ok=True)  # a bucket is a folder
    clear_interrupted_uploads(folder)
    return Part(
        name,
        [
            *[tool("rclone"), "serve", "s3", str(folder), "--addr", f"127.0.0.1:{port}"],
            # Never 0: the cache's timer then spins a whole processor and can hang the server.
            *["--dir-cache-time", "1s", "--poll-interval", "0"],
        ],
        base_environment(home)
        | {
            "RCLONE_CONFIG": str(home.run / "rclone.conf"),  # there is none: no remotes but the folder
            "RCLONE_CACHE_DIR": str(home.temporary / name),
            # In the environment, out of the process list. A line of CSV, hence the quotes.
            "RCLONE_AUTH_KEY": f'"{keys["access"]},{keys["secret"]}"',
            "GOMEMLIMIT": "96MiB",
        },
        grace=5.0,
        port=port,
    )


def clear_interrupted_uploads(folder: Path) -> None:
    """Remove the temporary files of uploads cut by a crash. The server hides them and never removes them."""
    for where, folders, files in os.walk(folder):
        for name in files:
            if name.startswith(_UPLOAD):
                (Path(where) / name).unlink()
        for name in [name for name in folders if name.startswith(_UPLOAD)]:
            shutil.rmtree(Path(where) / name)
            folders.remove(name)
