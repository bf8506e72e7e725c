"""A file's bytes -> its front matter, as a tree of placed values, and its body. Only this room knows YAML."""

from dossier.frontmatter.encoding import lines_of
from dossier.frontmatter.fences import (
    LARGEST_BODY,
    LARGEST_FRONT_MATTER,
    LARGEST_YAML,
    Content,
    read_document,
    read_yaml_file,
)
from dossier.frontmatter.nodes import Entry, Listing, Mapping, Node, Scalar

__all__ = [
    "LARGEST_BODY",
    "LARGEST_FRONT_MATTER",
    "LARGEST_YAML",
    "Content",
    "Entry",
    "Listing",
    "Mapping",
    "Node",
    "Scalar",
    "lines_of",
    "read_document",
    "read_yaml_file",
]
