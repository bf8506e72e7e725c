"""What a command can't do. None of it can be lowered."""

from dossier.findings.code import ERROR, Code

CODES = (
    Code("busy", ERROR, "another dossier is at work on this site", "wait for it to end", True),
    Code("date", ERROR, "`SOURCE_DATE_EPOCH` is no time", "give it whole seconds since 1970", True),
    Code("disk", ERROR, "a file or folder can't be written", "make room, or check who may write", True),
    Code("exists", ERROR, "there is such a file already", "choose another title", True),
    Code("not-empty", ERROR, "a new site's folder has files in it", "name another folder", True),
    Code("foreign-files", ERROR, "the output has files that dossier didn't write", "see `--adopt`", True),
    Code("output-folder", ERROR, "the output can't be there", "name another folder", True),
    Code("output-path", ERROR, "a page's path would leave the output", "rename the document", True),
    Code("output-collision", ERROR, "two pages would be one file", "rename one of the documents", True),
    Code("worker-died", ERROR, "the process at work on a file ended", "look at that file", True),
    Code("bibliography", ERROR, "a file that can't be read as a bibliography", "export it again", True),
    Code("citation-style", ERROR, "a citation style that can't be used", "install Typst", True),
    Code("search-missing", ERROR, "the site is to be searched, and Pagefind isn't there", "install it", True),
    Code("search-failed", ERROR, "Pagefind could not make the index", "read what it says", True),
    Code("internal", ERROR, "a mistake in dossier", "please report it", True),
    Code("not-reproducible", ERROR, "what was kept is not what comes out again", "please report it", True),
    Code("unknown-page", ERROR, "`--explain` of a page that there isn't", "name its path", True),
    Code("port", ERROR, "the preview can't be served there", "choose another `--port`", True),
)
