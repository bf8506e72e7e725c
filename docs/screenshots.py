"""Pictures of a built site in Chromium, wide and phone-sized, light and dark.

    dossier build
    python docs/screenshots.py                  the four of a topic's page that the README and docs/ show
    python docs/screenshots.py --all pictures   every kind of page, whole, to look at

Needs Debian's Chromium (or another: DOSSIER_CHROMIUM) and the package playwright, which '.[dev]' brings.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

REPOSITORY = Path(__file__).parents[1]
IMAGES = REPOSITORY / "docs/images"
TOPIC = "topics/nato-iraq-mission.html"
WINDOWS = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
SCHEMES = ("light", "dark")
# One page of each kind: the indexes by name, and of what has many pages the one that holds most.
SINGLE = ("index.html", "404.html", "timeline/index.html", "documents/index.html")
FOLDERS = ("topics", "articles", "notes", "claims", "people", "organizations", "places", "sources")


def pages(site: Path) -> Iterator[str]:
    """One page of every kind that the site has."""
    yield from (name for name in SINGLE if (site / name).is_file())
    for folder in FOLDERS:
        found = sorted((site / folder).glob("*.html"), key=lambda path: (path.stat().st_size, path.name))
        documents = [path for path in found if path.name != "index.html"]
        yield from (path.relative_to(site).as_posix() for path in documents[-1:])
        if documents:
            yield f"{folder}/index.html"


def take(browser: Browser, site: Path, name: str, folder: Path, stem: str, whole: bool) -> None:
    """The four pictures of a page."""
    for window, size in WINDOWS.items():
        for scheme in SCHEMES:
            page = browser.new_page(viewport=size, color_scheme=scheme)
            page.goto((site / name).as_uri())
            page.evaluate("document.fonts.ready.then(() => true)")
            path = folder / f"{stem}-{window}-{scheme}.png"
            page.screenshot(path=path, full_page=whole, animations="disabled")
            page.close()
            print(f"{path}  {path.stat().st_size // 1024} KB")


def main() -> int:
    parser = argparse.ArgumentParser(description="Take pictures of a built site.")
    parser.add_argument("--site", type=Path, default=REPOSITORY / "public", help="the built site")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every kind of page, whole, into FOLDER")
    given = parser.parse_args()
    site = given.site.resolve()
    chromium = os.environ.get("DOSSIER_CHROMIUM") or shutil.which("chromium")
    if not (site / "index.html").is_file() or not chromium:
        print("build the site first, and install Chromium: apt-get install chromium", file=sys.stderr)
        return 2
    folder = given.all or IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if given.all:
            for name in pages(site):
                take(browser, site, name, folder, name.removesuffix(".html").replace("/", "-"), whole=True)
        else:
            take(browser, site, TOPIC, folder, "topic", whole=False)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
