"""What becomes of links out of the site; found by `dossier check --external` alone."""

from dossier.findings.code import INFO, WARNING, Code

CODES = (
    Code(
        "dead-link", WARNING, "the server says that nothing is there (404, 410)", "find a copy; `--record` it"
    ),
    Code("unreachable-link", WARNING, "no good answer, after several tries", "check again later"),
    Code("moved-link", INFO, "redirected for good to another address", "write the new address"),
    Code("bad-certificate", WARNING, "a certificate that can't be trusted", "look at it in a browser"),
    Code("private-link", WARNING, "a machine that isn't on the public internet", "write a public address"),
    Code(
        "unchecked-link", INFO, "its server, or its robots.txt, lets no robot ask", "look at it in a browser"
    ),
)
