"""Fuzzing: what strangers write, thrown at what reads it. `python -m fuzz --help` tells how."""
