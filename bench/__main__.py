"""`python -m bench`: every measurement, one after the other."""

import sys

from bench import bus, catalogue, clock, demo, notes, portal, proofs, register, rest, sweep

for measure in (bus, rest, catalogue, clock, notes, proofs, sweep, register, portal, demo):
    sys.argv = [measure.__name__]
    measure.main()
