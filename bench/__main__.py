"""`python -m bench`: every measurement, one after the other."""

import sys

from bench import bus, catalogue, clock, demo, notes, portal, proofs, rest, sweep

for measure in (bus, rest, catalogue, clock, notes, proofs, sweep, portal, demo):
    sys.argv = [measure.__name__]
    measure.main()
