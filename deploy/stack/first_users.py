"""`python -m deploy.stack.first_users HOME`: make the users of the database, before it is opened to anybody.

It knows no localhost exception: with authentication on an empty folder nobody could ever make the first user. So the
server runs without authentication for a moment, on a passing port that is told to nobody.
"""

import subprocess
import sys

from pymongo import MongoClient

from deploy.database_users import make_users
from deploy.stack.credentials import credentials
from deploy.stack.database import database_server, users_stamp, wanted_users
from deploy.stack.home import Home, write_private
from deploy.stack.ports import free_port


def main() -> None:
    """Raises when the server does not answer within 30 s; nothing is written down then, and it is tried again."""
    home, port = Home.at(sys.argv[1]), free_port()
    secrets = credentials(home)
    server = subprocess.Popen(database_server(home, port))
    try:
        with MongoClient("127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=30_000) as client:
            make_users(client, secrets["database"])
    finally:
        server.terminate()
        server.wait(20)
    write_private(users_stamp(home), wanted_users(secrets))


if __name__ == "__main__":
    main()
