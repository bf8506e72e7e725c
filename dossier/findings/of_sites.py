"""What shows only when all files of a site are seen together."""

from dossier.findings.code import ERROR, INFO, WARNING, Code

# References that lead nowhere: a page can be shown without what they ask for, but not published.
UNRESOLVED = (
    Code("unknown-topic", ERROR, "no topic has this id", "write the id of a file in `content/topics/`"),
    Code("unknown-article", ERROR, "no article has this id", "write the id of an article"),
    Code("unknown-claim", ERROR, "`superseded_by` names no claim", "write the id of a claim"),
    Code("unknown-citation", ERROR, "a citation of no article", "write the id of an article, or `\\@`"),
    Code("unknown-document", ERROR, "no document has this id", "write the id of a document"),
    Code("unknown-link", ERROR, "a wiki link to nothing", "write the id of a document or a registered name"),
    Code("unknown-anchor", ERROR, "a link to a heading that the document doesn't have", "name one it has"),
    Code("draft-target", ERROR, "a link to a draft, or to a document of the future", "take it out meanwhile"),
    Code("missing-file", ERROR, "a link to a document's file that isn't there", "mend the path"),
    Code("missing-asset", ERROR, "a link to a file that isn't there or isn't published", "mend the path"),
)
# Words that aren't those of the source.
MISQUOTED = (
    Code("quotation-differs", ERROR, "the cited article doesn't have these words", "quote what it says"),
    Code("quotation-speaker", ERROR, "the words are there, but said by somebody else", "name who says them"),
)
CODES = (
    # ------------------------------------------------------------ files
    Code("missing-site", ERROR, "there is no `site.yaml`", "write one: `title: My dossier`", True),
    Code("unused-file", WARNING, "a file of `content/` that nothing reads", "move it where it is read"),
    Code("unreadable", ERROR, "a file or folder that can't be read", "check who may read it", True),
    Code("same-name", ERROR, "names that differ only in their Unicode form", "rename one", True),
    Code("file-name", WARNING, "a file's name that is not UTF-8; it is left out", "rename it"),
    Code("special-file", WARNING, "a pipe, a socket or a device; it is left out", "delete it"),
    Code("broken-link", WARNING, "a symbolic link to nothing; it is left out", "delete or mend it"),
    Code("link-outside", WARNING, "a symbolic link that leaves its folder; not followed", "copy the file"),
    Code("link-loop", WARNING, "a symbolic link to a folder it lies in; not followed", "delete it"),
    Code("history-shallow", INFO, "older commits weren't fetched", "`git fetch --unshallow`"),
    Code("history-unreadable", INFO, "git can't tell what changed; dates do", "see docs/changes.md"),
    Code("picture-too-large", ERROR, "a picture of more than 100 million pixels", "save it smaller", True),
    Code("damaged-picture", ERROR, "a picture that can't be read", "save it anew, or replace it", True),
    Code(
        "images-missing", INFO, "pictures aren't sized, or cards not drawn, for want of Pillow", "install it"
    ),
    Code("cards-without-url", INFO, "cards need the site's address, and aren't drawn", "write `url`"),
    # ------------------------------------------------------------ ids
    Code("duplicate-id", ERROR, "one id twice; the first file keeps it", "rename one", True),
    Code("case-collision", ERROR, "ids that differ only by case", "rename one", True),
    Code("confusable-id", WARNING, "an id that looks like another, or mixes alphabets", "type it anew"),
    Code("taken-alias", ERROR, "a former address at which there is another page", "delete one", True),
    Code("topic-cycle", ERROR, "topics that are each other's parents", "remove one `parent`", True),
    Code("claim-cycle", ERROR, "claims that supersede each other", "remove one `superseded_by`", True),
    Code("via-cycle", ERROR, "articles that repeat each other", "remove one `via`", True),
    Code("future-date", WARNING, "a date after today; left out until then", "mend the date, or draft it"),
    # ------------------------------------------------------------ references
    *UNRESOLVED,
    Code("unknown-via", WARNING, "`via` names almost an article; it is taken for an agency", "mend the id"),
    # ------------------------------------------------------------ quotations
    *MISQUOTED,
    Code(
        "quotation-unverifiable", WARNING, "only a summary of the article is on file", "add the passage to it"
    ),
)
