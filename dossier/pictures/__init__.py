"""Pictures of a site: how large they are, what they may not tell, and the sizes in which readers get them."""

from dossier.pictures.headers import LARGEST, SUFFIXES, is_picture, looked_at
from dossier.pictures.stripping import stripped

__all__ = ["LARGEST", "SUFFIXES", "is_picture", "looked_at", "stripped"]
