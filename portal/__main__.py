"""`python -m portal`: serve the portal until SIGTERM; requests in hand are answered first."""

import gc

import uvicorn

from catalogue.everyday_words import everyday_words
from catalogue.everything import load_everything
from plumbing.log import configure
from plumbing.settings import PortalSettings
from portal.app import create_app


def main() -> None:
    """One process, one worker: the pages are small, and what is slow is done elsewhere."""
    configure("portal")
    settings = PortalSettings.from_environment()
    load_everything()
    everyday_words()
    app = create_app(settings)
    gc.collect()
    gc.freeze()
    uvicorn.run(
        app,
        host=settings.portal_host,
        port=settings.portal_port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.trusted_proxy is not None,
        forwarded_allow_ips=settings.trusted_proxy,
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        timeout_graceful_shutdown=8,
        timeout_keep_alive=20,
        limit_concurrency=400,
        h11_max_incomplete_event_size=32_768,
    )


if __name__ == "__main__":
    main()
