"""Importing: what other programs keep becomes articles and notes, with a report of what has no place here.

Each of the programs has a module that reads what it exports into `items`; which of them are on file, under
which ids and how they are written is one matter for all (`taking`). Whatever was read, what is written
builds: `proving` joins it with the site before anything is written, and takes out what wouldn't.
"""
