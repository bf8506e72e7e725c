"""Themes: templates, assets, and pages made with them. The one room that knows Jinja."""

from dossier.theme.closures import closures
from dossier.theme.loading import OPTIONAL_TEMPLATES, PAGE_TEMPLATES, Template, Theme, load, missing_template
from dossier.theme.rendering import check, render

__all__ = [
    "OPTIONAL_TEMPLATES",
    "PAGE_TEMPLATES",
    "Template",
    "Theme",
    "check",
    "closures",
    "load",
    "missing_template",
    "render",
]
