"""The gate: where officers sign in. It alone knows their passphrases and holds the key that states officers.

Asked by the portal (with the secret they share) and by the command line (with an operator's statement), over HTTP on
the office's own network. It keeps `officers`, `sessions`, `failures` and `visits` in the database `gate`; the portal
cannot read them, and whoever takes over the portal cannot state an officer whose session it does not see.
"""
