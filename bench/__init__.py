"""Imports measured against the floor of the same files: `make bench`."""
