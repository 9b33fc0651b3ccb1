"""The e-mails of the office, one per turn; `compose.py` writes them, `variables.yaml` says what each is given."""
