"""How a quotation stands to the text that it is cited from."""

from dossier.model import Record


class Standing(Record, frozen=True):
    """How a quotation stands to an article's text on file.

    `excerpts` are the numbers, from 0, of those that have it; `in_text` says that the text has it. Where
    nothing but a summary is `on_file` nothing can be said. Of a quotation that isn't found, `nearest` is the
    passage that comes nearest, `place` the number of its excerpt, or -1 for the text; without a passage,
    `scattered` says that all its parts are found, but not as it has them.
    """

    excerpts: tuple[int, ...] = ()
    in_text: bool = False
    on_file: bool = True
    nearest: str = ""
    place: int = -1
    scattered: bool = False

    @property
    def verified(self) -> bool:
        """Whether the article has the words."""
        return self.in_text or bool(self.excerpts)
