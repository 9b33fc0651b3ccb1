"""`python -m deploy.city.site SITE URL --admin-secret FILE --users FILE`: make one MinIO site ready.

The bucket, its versions switched on (an overwritten object keeps its former content), the two policies, and one user
each for whoever may come there. Harmless when repeated.
"""

import argparse
import json
import time
from pathlib import Path
from urllib.parse import urlsplit

import urllib3
from minio import Minio, MinioAdmin
from minio.commonconfig import ENABLED
from minio.credentials import StaticProvider
from minio.error import MinioAdminException, MinioException
from minio.versioningconfig import VersioningConfig

from deploy.city.parts import SITE_ADMIN, policy, site_users
from deploy.stack.sites import BUCKET

PATIENCE = 60.0  # seconds
_ALREADY = "XMinioAdminPolicyChangeAlreadyApplied"


def make_bucket(client: Minio) -> None:
    """The bucket, with versions."""
    if not client.bucket_exists(BUCKET):
        client.make_bucket(BUCKET)
    client.set_bucket_versioning(BUCKET, VersioningConfig(ENABLED))


def make_users(admin: MinioAdmin, site: str, passwords: dict[str, str]) -> None:
    """Users and policies as `site_users` has them; a user that exists gets the secret given.

    Raises KeyError when a secret is missing, before anything is changed.
    """
    leaves = {user: (leave, passwords[user]) for user, leave in site_users(site).items()}
    for leave in sorted({leave for leave, _ in leaves.values()}):
        admin.policy_add(f"ptsp-{leave}", policy=policy(leave))
    for user, (leave, secret) in leaves.items():
        admin.user_add(user, secret)
        try:
            admin.attach_policy([f"ptsp-{leave}"], user=user)
        except MinioAdminException as error:
            if _ALREADY not in str(error):
                raise


def patiently(attempt, patience: float = PATIENCE) -> None:
    """Until the site answers; raises the last error when it does not in time."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return attempt()
        except (urllib3.exceptions.HTTPError, MinioException, MinioAdminException):
            if time.monotonic() > deadline:
                raise
            time.sleep(1.0)


def main() -> None:
    """Raises what the site said when it does not do as asked within a minute."""
    parser = argparse.ArgumentParser(prog="python -m deploy.city.site", description=__doc__)
    parser.add_argument("site", choices=["primary", "second"])
    parser.add_argument("url", help="http(s)://HOST:PORT")
    parser.add_argument("--admin-secret", type=Path, required=True, help=f"file with the secret of {SITE_ADMIN}")
    parser.add_argument("--users", type=Path, required=True, help="JSON: a secret per user name")
    given = parser.parse_args()
    address, secure = urlsplit(given.url).netloc, urlsplit(given.url).scheme == "https"
    secret, passwords = given.admin_secret.read_text().strip(), json.loads(given.users.read_text())
    client = Minio(address, SITE_ADMIN, secret, secure=secure, region="us-east-1")
    admin = MinioAdmin(endpoint=address, credentials=StaticProvider(SITE_ADMIN, secret), secure=secure)
    patiently(lambda: make_bucket(client))
    patiently(lambda: make_users(admin, given.site, passwords))
    print(f"site {given.site}: bucket {BUCKET} with versions; users: {', '.join(site_users(given.site))}")


if __name__ == "__main__":
    main()
