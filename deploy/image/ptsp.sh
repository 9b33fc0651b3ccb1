#!/bin/sh
# The office's command line in the image: `docker compose run --rm office bus status`.
exec python -m ptsp.main "$@"
