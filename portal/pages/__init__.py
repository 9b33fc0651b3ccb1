"""The pages, one file per thing a visitor wants."""
