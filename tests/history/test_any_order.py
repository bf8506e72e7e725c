"""Whatever was edited and committed, in whatever order: an incremental build equals that of a fresh clone."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.history.repository import article, repository

# How many sequences of commits the slow run tries.
SEQUENCES = int(os.environ.get("DOSSIER_SEQUENCES", "8"))
SETTINGS = "title: Small\nrights: full\npage_size: 3\n"
NAMES = st.sampled_from(["a", "b", "c"])
WORDS = st.sampled_from(["Alpha", "Beta", "Gamma"])


class Commits(RuleBasedStateMachine):
    """Edits and commits at random, and builds after each."""

    @initialize()
    def begin(self) -> None:
        self.parent = Path(tempfile.mkdtemp(prefix="dossier-commits-"))
        self.repo = repository(self.parent / "repo")
        self.day = 1
        self.repo.commit({"site.yaml": SETTINGS, "content/articles/a.md": article("A", "One.")}, "2025-01-01")

    @rule(
        name=NAMES, title=WORDS, text=WORDS, draft=st.booleans(), rights=st.sampled_from(["full", "excerpt"])
    )
    def write(self, name: str, title: str, text: str, draft: bool, rights: str) -> None:
        fields = {"rights": rights, **({"draft": "true"} if draft else {})}
        self.repo.write(
            {f"content/articles/{name}.md": article(title, f"{text}. Some more words.", **fields)}
        )

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.repo.folder / f"content/articles/{name}.md").unlink(missing_ok=True)

    @rule(name=NAMES, other=NAMES)
    def rename(self, name: str, other: str) -> None:
        place = self.repo.folder / f"content/articles/{name}.md"
        if place.exists():
            place.replace(place.with_name(f"{other}.md"))

    @rule(changes=st.sampled_from(["git", "dates", "off"]))
    def set(self, changes: str) -> None:
        self.repo.write({"site.yaml": f"{SETTINGS}changes: {changes}\n"})

    @rule(days=st.integers(0, 2))
    def commit(self, days: int) -> None:
        self.day += days
        self.repo.commit({}, f"2025-01-{min(self.day, 28):02}")

    @rule()
    def go_back(self) -> None:
        if self.repo.git("rev-list", "--count", "HEAD").strip() != "1":
            self.repo.git("reset", "--quiet", "HEAD~1")

    @rule()
    def amend(self) -> None:
        self.repo.git(
            "commit", "--quiet", "--amend", "--allow-empty", "-m", "Again", when="2025-01-28T12:00:00Z"
        )

    @invariant()
    def the_build_is_that_of_a_clone(self) -> None:
        if not hasattr(self, "repo"):
            return
        assert not self.repo.build().failed
        clone = self.repo.clone(self.parent / "clone")
        shutil.rmtree(clone.folder / "content", ignore_errors=True)
        if (self.repo.folder / "content").exists():
            shutil.copytree(self.repo.folder / "content", clone.folder / "content")
        shutil.copy(self.repo.folder / "site.yaml", clone.folder)
        assert not clone.build().failed
        assert self.repo.tree() == clone.tree()
        shutil.rmtree(clone.folder)

    def teardown(self) -> None:
        if hasattr(self, "parent"):
            shutil.rmtree(self.parent, ignore_errors=True)


ALWAYS = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def test_a_few_steps() -> None:
    few = settings(max_examples=1, stateful_step_count=6, derandomize=True, **ALWAYS)  # type: ignore[arg-type]
    run_state_machine_as_test(Commits, settings=few)


@pytest.mark.slow
def test_many_steps() -> None:
    many = settings(max_examples=SEQUENCES, stateful_step_count=12, **ALWAYS)  # type: ignore[arg-type]
    run_state_machine_as_test(Commits, settings=many)
