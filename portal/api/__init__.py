"""The API: what the public pages answer, as JSON for other programs, under `/api/v1`. Read-only."""
