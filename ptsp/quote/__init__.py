"""`ptsp quote`: worked cases against the formulas."""
