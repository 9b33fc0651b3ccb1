"""The rooms of the office. Each keeps its own records, hears facts, does its part, and says what it did."""
