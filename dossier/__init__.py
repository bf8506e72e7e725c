"""Dossier: a static-site generator for curated topic dossiers whose pages can be checked."""

__version__ = "0.1.0"
