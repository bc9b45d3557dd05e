"""Fuzz tests of every reader: any input must give a value or a MusicalFaceError.

`targets.py` lists the readers with their seeds. In the normal test run, `test_fuzz.py` damages the
seeds with hypothesis; `python -m tests.fuzz` fuzzes with atheris for a given time.
"""
