"""Signing in, for applicants (the portal) and officers (the gate): passwords, sessions, waits after failures."""
