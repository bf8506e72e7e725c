"""Claims that no article supports."""

from collections.abc import Iterator

from dossier.check.desk import Desk
from dossier.diagnostics import Diagnostic, warning


def find(desk: Desk) -> Iterator[Diagnostic]:
    """Every claim without an article that supports it, but those in whose place another stands."""
    for claim in desk.library.claims:
        weighed = desk.library.weighed[claim.id]
        if not weighed.supporting and weighed.state != "superseded":
            against = f", and {len(weighed.disputing)} against it" if weighed.disputing else ""
            message = f"no article on file supports the claim '{claim.id}'{against}"
            hint = "add evidence: [{article: …, stance: supports}], or say in the text that it is only said"
            mark = desk.claim_mark(claim, "statement")
            yield warning(claim.path, mark, "claim-without-support", message, hint)
