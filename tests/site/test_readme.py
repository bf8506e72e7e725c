"""The README is true: its ten minutes go as it tells them, its links and pictures are there."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.site.conftest import build, write

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_the_first_ten_minutes_go_as_told(tmp_path: Path) -> None:
    article, note = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
    (told,) = re.findall(r"answers:\n\n```\n(.*?)```", README, re.DOTALL)
    command = [sys.executable, "-m", "dossier", "new", "site", "my-dossier"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    site = tmp_path / "my-dossier"
    assert build(site, "--strict").code == 0
    write(site, {"content/articles/nato-presser.md": article, "content/notes/still-welcome.md": note})
    wrong = build(site)
    assert (wrong.code, wrong.said) == (1, told)
    write(site, {"content/notes/still-welcome.md": note.replace("nato-preser", "nato-presser")})
    mended = build(site, "--strict")
    assert mended.code == 0, mended.said
    assert "../notes/still-welcome.html" in mended.pages["articles/nato-presser.html"].links
    assert "../articles/nato-presser.html" in mended.pages["people/jens-stoltenberg.html"].links
    assert "places/brussels.html" in mended.files


def test_its_two_commands_do_all_their_own_setting_up() -> None:
    for marker, ending in (
        ("build", ".venv/bin/dossier build"),
        ("tests", ".venv/bin/python -m pytest -n auto --dist loadfile"),
    ):
        _, _, after = README.partition(f"<!-- {marker} -->\n")
        command = next(line for line in after.splitlines() if line.startswith("python3 "))
        assert command.startswith(
            "python3 -m venv .venv && .venv/bin/python -m pip install --quiet --editable "
        )
        assert command.endswith(f" && {ending}")


def test_what_it_points_to_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert [target for target in targets if not (REPOSITORY / target).exists()] == []
    assert "docs/themes.md" in targets


def test_it_counts_what_is_in_the_dossier() -> None:
    for folder, word in (("articles", "articles"), ("notes", "notes"), ("topics", "topics")):
        count = len(list((REPOSITORY / "content" / folder).rglob("*.md")))
        assert f"{count} {word}" in README
