"""Measurements, run by hand with `make bench`; raw results lie in `results/`. Never a timed test."""
