"""Themes: templates, assets, and pages made with them. The one room that knows Jinja."""

from dossier.theme.closures import closures
from dossier.theme.loading import PAGE_TEMPLATES, Template, Theme, load
from dossier.theme.rendering import check, render

__all__ = ["PAGE_TEMPLATES", "Template", "Theme", "check", "closures", "load", "render"]
