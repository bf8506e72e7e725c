"""JSON Schemas of what people write, made from the readers of it, for editors that check as one types.

They say of a value what it alone can show: which keys there are, and what may stand in them. A schema never
refuses what dossier reads; what takes more than one value to see, the findings tell.
"""

from dossier.schemas.kinds import KINDS, Kind
from dossier.schemas.making import schema

__all__ = ["KINDS", "Kind", "schema"]
