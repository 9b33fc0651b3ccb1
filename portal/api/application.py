"""The API as an application of its own, set into the portal: its routes, its document, its answers when it cannot."""

from fastapi import Depends, FastAPI
from starlette.datastructures import State

from portal.api import bank, doors, figures, files, handing, hooks, offers, papers
from portal.api.asking import only_known_keys
from portal.api.manners import Manners
from portal.api.problems import HANDLERS, documented

ABOUT = """What the public pages of the office answer, as JSON, without sign-in; where the bank tells of payments; and
every command and question of the rooms, for programs with a token.

Words are Indonesian, codes are English and stay the same. Money is whole rupiah, days are of Asia/Jakarta, moments
carry their offset. Every GET has an `ETag` and answers 304 to `If-None-Match`; HEAD works where GET does. A key
that is not described here is refused. Questions about files, papers and figures are limited for each address: 429 says
when to come back. Errors are problem details (RFC 9457); `code` and `errors[].code` are for programs.
"""
BASE = "/api/v1"
TAGS = [
    {"name": "catalogue", "description": "what the office offers: standards, time, cost"},
    {"name": "files", "description": "where is my file, what is to be paid on it"},
    {"name": "papers", "description": "is this paper genuine, does it still count"},
    {"name": "payments", "description": "for the bank: money that came in"},
    {"name": "figures", "description": "what the office did"},
    {"name": "commands", "description": "acting for the holder of a token (scope `act`); signatures need a person"},
    {"name": "queries", "description": "asking the rooms for the holder of a token (scope `read`)"},
    {"name": "webhooks", "description": "being told when files move (scope `webhooks`)"},
]


def create_api(state: State) -> Manners:
    """What is set into the portal at `BASE`. `state`: what the pages are made with, and the answers too."""
    api = FastAPI(
        title="Perizinan Kota Bekasi",
        version="1",
        summary="The licensing office, for programs.",
        description=ABOUT,
        openapi_tags=TAGS,
        servers=[{"url": BASE}],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(only_known_keys)],
        responses=documented("bad_request", "not_acceptable"),
        generate_unique_id_function=lambda route: route.name,
        redirect_slashes=False,
    )
    api.state = state
    for routes in (offers, files, papers, figures, bank, doors, handing, hooks):
        api.include_router(routes.router)
    for error, handler in HANDLERS.items():
        api.exception_handler(error)(handler)
    return Manners(api)
