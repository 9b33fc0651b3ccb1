"""Small pure things every room may use: money, words, dates, working days, resi, licence numbers, the expected no."""
