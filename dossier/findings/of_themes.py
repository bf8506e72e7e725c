"""What is wrong with a theme. None of it can be lowered: without its template there is no page."""

from dossier.findings.code import ERROR, Code

CODES = (
    Code("unknown-theme", ERROR, "no theme has this name", "name a folder of `themes/`", True),
    Code("theme-cycle", ERROR, "themes that extend each other", "take one `extends` out", True),
    Code("bad-value", ERROR, "a value that `theme.yaml` can't have", "write what is shown", True),
    Code("missing-template", ERROR, "a template that isn't there", "add it, or mend its name", True),
    Code("template-encoding", ERROR, "a template that is not UTF-8", "save it as UTF-8", True),
    Code("template-syntax", ERROR, "a template that can't be read", "see docs/themes.md", True),
    Code("template-error", ERROR, "a template that fails with this page", "see docs/themes.md", True),
    Code("undefined-field", ERROR, "a template asks for what the view doesn't have", "use its fields", True),
    Code("unknown-filter", ERROR, "a filter that there isn't", "use one of docs/themes.md", True),
    Code("unknown-test", ERROR, "a test that there isn't", "use one of docs/themes.md", True),
)
