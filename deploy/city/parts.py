"""Where the parts of the city's stack are, by the names of `docker-compose.yml`, and who may do what on the sites."""

from typing import Literal

from contracts import ROOMS
from deploy.stack.sites import BUCKET

BROKER = "broker"
DATABASE_MEMBERS = ("mongo-1:27017", "mongo-2:27017", "mongo-3:27017")
REPLICA_SET = "ptsp"
SITE_ADMIN = "site-admin"  # the root user of a site: makes users, is used by nothing else
Leave = Literal["write", "read"]

READS_ONLY = ("notification",)  # it attaches papers to letters and makes none
NO_PAPERS = ("noticeboard", "operations")  # the one knows papers by their hashes, the other not at all


def site_users(site: str) -> dict[str, Leave]:
    """What each user of one site may do there. Nobody may remove anything.

    `primary`: every room and the office (the portal's uploads). `second`: the archive alone writes; the office
    compares the two.
    """
    if site == "primary":
        return {room: "read" if room in READS_ONLY else "write" for room in ROOMS if room not in NO_PAPERS} | {
            "office": "write"
        }
    if site == "second":
        return {"archive": "write", "office": "read"}
    raise ValueError(f"there is no site {site!r}: primary or second")


def policy(leave: Leave) -> dict:
    """The S3 policy behind `read` (get, head, list) and `write` (also put).

    `AbortMultipartUpload` takes back an upload that never became an object; without it a cut upload of more than
    5 MB stays on the disk.
    """
    on_objects = ["s3:GetObject"] + (["s3:PutObject", "s3:AbortMultipartUpload"] if leave == "write" else [])
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:GetBucketLocation", "s3:ListBucket"],
                "Resource": [f"arn:aws:s3:::{BUCKET}"],
            },
            {"Effect": "Allow", "Action": on_objects, "Resource": [f"arn:aws:s3:::{BUCKET}/*"]},
        ],
    }
