"""What is promised in words has somebody who keeps it."""

import re
import tomllib

from tests.conftest import REPOSITORY


def test_every_package_that_users_install_has_its_reasons() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for name in extras if name != "dev" for one in extras[name])]
    told = (REPOSITORY / "docs/dependencies.md").read_text(encoding="utf-8").lower()
    names = {re.split(r"[<>=\[ ]", one)[0].lower() for one in wanted}
    assert {name for name in names if name not in told} == set()


def test_links_of_the_pages_on_trust_lead_to_files() -> None:
    for name in ("SECURITY.md", "docs/reliability.md", "docs/dependencies.md"):
        page = REPOSITORY / name
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)[)#]", text) + re.findall(r"`(tests/[\w/.]+\.py)`", text):
            places = (page.parent / target, REPOSITORY / target)
            assert any(place.exists() for place in places), f"{name}: {target}"
