"""Soak tests: kills, held connections, floods and memory. `python -m tests.soak` prints a table.

They take minutes, so they are not part of the normal test run. See docs/reliability.md.
"""
