"""Keeps the files of the languages in step with the English texts; run by `make texts`."""
