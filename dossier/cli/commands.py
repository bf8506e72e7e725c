"""The commands and their options."""

import os
from pathlib import Path
from typing import Any

import click

from dossier import __version__, looking
from dossier.diagnostics import DossierError, Mark, error

EPILOG = """\b
Examples:
  dossier new site my-dossier      begin a site that explains itself
  cd my-dossier
  dossier build                    write it to public/, then open public/index.html
  dossier new article "NATO expands its mission in Iraq"
  dossier check                    all that is wrong, nothing written
  dossier serve --open             write, and see it in the browser
  dossier list                     what is in the dossier, and what hangs in the air
"""

BUILD_EPILOG = """\b
Examples:
  dossier build                            what changed since the last build
  dossier build --drafts --output preview  with drafts, into another folder
  dossier build --strict                   for CI: any finding fails the build
  dossier build --explain articles/x.html  why that page was made again, or wasn't
  dossier build --timings                  where the time went

\b
A build with errors writes nothing: the last good site stays. Warnings are
reported and the site is written, unless --strict is given. Only files that
dossier wrote are ever replaced or deleted. Exit code 0: fine; 1: errors (or,
with --strict, warnings); 2: wrong usage.
"""

CHECK_EPILOG = """\b
Examples:
  dossier check                    for people
  dossier check --format github    annotations on a pull request
  dossier check --format json      for editors and scripts
  dossier check --format sarif     for code scanning
  dossier check --external         links out of the site, too: takes minutes
"""

SERVE_EPILOG = """\b
Examples:
  dossier serve --open                 write in an editor, see it in the browser
  dossier serve --drafts --follow      with drafts; pages go where you write
  dossier serve --editor code          findings and pages link to Visual Studio Code
  dossier serve --host 0.0.0.0         for a phone in the same network
  dossier serve --poll                 for Docker, network drives and WSL

\b
References that lead nowhere are marked in the pages. While there are other
errors the last good site is served, and pages show what is wrong. The preview
is built in .dossier/; public/ is left to `dossier build`.
"""

CLIP_EPILOG = """\b
Examples:
  dossier clip https://example.org/page            a page of the web
  dossier clip report.pdf letter.eml saved.html    files: PDF, e-mail, saved pages
  dossier clip notes.txt --title "Its headline" --date 2020-02-12
  dossier clip crawl.wacz                          every page of a web archive
  dossier clip --from list.txt --archive --yes     many, with archived copies
  dossier clip --update https://example.org/page   what changed since

\b
The bytes are kept in captures/, and each article names theirs by checksum;
dossier verify compares. No file of yours is overwritten. Exit code 0: fine;
1: some gave no article; 2: wrong usage.
"""

PUBLISH_EPILOG = """\b
Examples:
  dossier publish --dry-run              what would be added, changed and removed
  dossier publish                        build, and push to the branch that Pages serves
  dossier publish --remote site --branch main --message "Week 12"
  dossier publish --to ../site.zip       for another host, or a USB stick

\b
The site is built strictly from what is committed. Your work tree, your index and
the branch that you work on stay as they are. The branch is set to the new site
whole or not at all, and only while it is what it was seen to be
(--force-with-lease, always). docs/publishing.md tells more.
"""

DOCTOR_EPILOG = """\b
Examples:
  dossier doctor                   versions, extras, limits, git, the remote, Pages
  dossier doctor --offline         without asking the remote

\b
It changes nothing. Each line is ok, a note, or wrong, with what to type. Exit
code 0: nothing is wrong; 1: something is.
"""

COMPLETION_EPILOG = """\b
Once, for each shell:
  bash: dossier completion bash > ~/.local/share/bash-completion/completions/dossier
  zsh:  dossier completion zsh > ~/.zfunc/_dossier    (fpath+=~/.zfunc, before compinit)
  fish: dossier completion fish > ~/.config/fish/completions/dossier.fish
"""

NEW_EPILOG = """\b
Examples:
  dossier new site my-dossier
  dossier new article "NATO expands its mission in Iraq"
  dossier new note "Who said it first?"
  dossier new claim "The decision brought no more troops to Iraq"
  dossier new topic "US force posture"
"""

IMPORT_EPILOG = """\b
Examples:
  dossier import obsidian ~/Vault --as notes     your own writing
  dossier import hugo ../old-site --as auto      articles where an address is given, else notes
  dossier import jekyll ../old-blog --dry-run    what would come, and what wouldn't
  dossier import zotero library.ris              works, with your notes on them
  dossier import feed https://example.org/feed.xml
  dossier import bookmarks pocket.csv raindrop.csv bookmarks.html

\b
What has no place here is named, with its file and line. No file of yours is
overwritten, and what is on file already stays as it is; so a call can be made
again. What is written builds. docs/importing.md tells more. Exit code 0: fine;
1: some of it could not be imported; 2: wrong usage.
"""

EXPORT_EPILOG = """\b
Examples:
  dossier export single nato-iraq-mission   one HTML file, for a mail
  dossier export zip --output ../           the whole site, with a page to begin at
  dossier export pdf nato-iraq-mission      a paper, with dossier-site[pdf]
  dossier export epub all                   a book of the whole dossier
  dossier export json --output -            all of it as data, to standard output

\b
What isn't published is in none of them: drafts, documents of the future, text
that rights withhold. A file that isn't as an export left it is replaced with
--force only. docs/export.md tells more.
"""

LSP_EPILOG = """\b
Editors start it themselves: docs/editors.md says how to tell them. It needs
dossier-site[lsp], and looks at the site of each file that is opened in the
editor; with --site at this one, too.
"""

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def find_site(given: Path | None) -> Path:
    """The site's folder: as given, or the nearest one at or above the current folder with a `site.yaml`."""
    if given is not None:
        if (given / "site.yaml").is_file():
            return Path(os.path.abspath(given))
        raise DossierError(no_site(given, "name a folder with a site.yaml"))
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "site.yaml").is_file():
            return folder
    hint = "go to the site's folder, name it with --site DIR, or begin one: dossier new site DIR"
    raise DossierError(no_site(here, hint))


def no_site(folder: Path, hint: str) -> Any:
    """The finding for a folder that is no site."""
    return error(str(folder), Mark(), "missing-site", "there is no site.yaml here or above", hint)


def today() -> str:
    """The day of the build. Raises DossierError where SOURCE_DATE_EPOCH is no time."""
    try:
        return looking.today()
    except ValueError:
        epoch = os.environ["SOURCE_DATE_EPOCH"]
        hint = "give it whole seconds since 1970, as in SOURCE_DATE_EPOCH=1767225600"
        wrong = error("SOURCE_DATE_EPOCH", Mark(), "date", f"'{epoch}' is no time", hint)
        raise DossierError(wrong) from None


@click.group(epilog=EPILOG, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="dossier", message="%(prog)s %(version)s")
@click.option(
    "--site",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="DIR",
    help="The site's folder. Without it: the nearest one, from here up, with a site.yaml.",
)
@click.pass_context
def main(context: click.Context, site: Path | None) -> None:
    """Dossier makes a website of a topic: articles, official documents, and your own notes on them.

    You write plain Markdown; dossier checks it, joins it, and publishes pages whose every statement leads to
    its source.
    """
    context.obj = site


@main.command(epilog=BUILD_EPILOG)
@click.option("--strict", is_flag=True, help="Fail on warnings too, and write nothing.")
@click.option("--drafts", is_flag=True, help="Include drafts and documents of the future.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="DIR", help="Write here [default: public]."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use [default: all cores]."
)
@click.option(
    "--atomic", is_flag=True, help="Exchange the whole site in one step, for a folder being served."
)
@click.option("--adopt", is_flag=True, help="Take over a folder that has other files in it; they stay.")
@click.option("--verify", is_flag=True, help="Work out again all that was kept, and compare.")
@click.option("--timings", is_flag=True, help="Show where the time went.")
@click.option("--explain", metavar="PAGE", default="", help="Say why this page was made again, or wasn't.")
@click.pass_obj
def build(site: Path | None, /, **options: Any) -> None:
    """Write the site to public/, as far as anything changed."""
    from dossier.build import Options
    from dossier.build import build as build_site
    from dossier.cli.building import tell
    from dossier.cli.printing import print_timings
    from dossier.cli.progress import Progress

    timings = options.pop("timings")
    options["jobs"] = options["jobs"] or 0
    with Progress() as progress:
        asked = Options(site=find_site(site), today=today(), progress=progress, **options)
        result = build_site(asked)
    tell(result, asked)
    if timings:
        print_timings(result.timings)
    if result.failed:
        raise click.exceptions.Exit(1)


@main.command(epilog=CHECK_EPILOG)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--drafts", is_flag=True, help="Include drafts and documents of the future.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How to print.",
)
@click.option("--external", is_flag=True, help="Ask for links out of the site, too.")
@click.option("--record", is_flag=True, help="With --external: note dead links in content/links.yaml.")
@click.option("--refresh", is_flag=True, help="With --external: ask for all, however lately they were asked.")
@click.option("--private", is_flag=True, help="With --external: ask machines of the own network, too.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use [default: all cores]."
)
@click.pass_obj
def check(
    site: Path | None,
    /,
    form: str,
    external: bool,
    record: bool,
    refresh: bool,
    private: bool,
    jobs: int | None,
    **options: Any,
) -> None:
    """Report all that is wrong, and write nothing but what --record asks for."""
    from dossier.build import Options
    from dossier.cli.checking import Asking, run_check

    asking: Asking = {"record": record, "refresh": refresh, "private": private}
    for name, given in asking.items():
        if given and not external:
            raise click.UsageError(f"--{name} needs --external")
    asked = Options(site=find_site(site), today=today(), jobs=jobs or 0, **options)
    if run_check(asked, form, asking if external else None):
        raise click.exceptions.Exit(1)


@main.command(epilog=SERVE_EPILOG)
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="N", help="Serve on this port [default: 8000]."
)
@click.option("--host", default="127.0.0.1", metavar="NAME", help="Who may see it [default: this machine].")
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@click.option("--drafts", is_flag=True, help="Include drafts and documents of the future.")
@click.option("--follow", is_flag=True, help="Pages go to what is being written.")
@click.option("--poll", is_flag=True, help="Look at all files every second instead of watching them.")
@click.option("--editor", metavar="NAME", default="", help="Link findings and pages to this editor.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes for the start [default: all cores]."
)
@click.pass_obj
def serve(site: Path | None, /, opens: bool, **options: Any) -> None:
    """Show the site in the browser while you write: save, and it is already there."""
    from dossier.cli.previewing import run_preview
    from dossier.serve.editors import EDITORS, is_editor
    from dossier.serve.settings import Settings

    if options["editor"] and not is_editor(options["editor"]):
        told = f"there are {', '.join(EDITORS)}; or give an address with {{path}} in it"
        raise click.BadParameter(told, param_hint="--editor")
    options["port"], options["jobs"] = options["port"] or 0, options["jobs"] or 0
    run_preview(Settings(site=find_site(site), today=today, **options), opens=opens)


@main.command(epilog=PUBLISH_EPILOG)
@click.option("--dry-run", is_flag=True, help="Say what would change, and publish nothing.")
@click.option("--remote", metavar="NAME", default="", help="The remote to publish to [default: origin].")
@click.option("--branch", metavar="NAME", default="", help="The branch to publish to [default: gh-pages].")
@click.option("-m", "--message", metavar="TEXT", default="", help="What the branch's history says of it.")
@click.option("--url", metavar="URL", default="", help="Where readers will find it [default: the site's].")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="A folder, .zip or .tar.gz to publish to instead.",
)
@click.option("--headers", is_flag=True, help="With --to: add a file _headers for hosts that read it.")
@click.option("--redirects", is_flag=True, help="With --to: add a file _redirects for hosts that read it.")
@click.option("--pages", is_flag=True, help="With --to: for a workflow that hands it to GitHub Pages.")
@click.option("--record", is_flag=True, help="Only list the addresses in published.txt; publish nothing.")
@click.option("--allow-dirty", is_flag=True, help="Publish what isn't committed, too.")
@click.option("--adopt", is_flag=True, help="Take over a branch that others made or changed.")
@click.option("--force", is_flag=True, help="Publish although a newer state was published elsewhere.")
@click.option("--no-verify", is_flag=True, help="Don't run the repository's pre-push hook.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use [default: all cores]."
)
@click.pass_obj
def publish(site: Path | None, /, no_verify: bool, **options: Any) -> None:
    """Build the site, and push it to the branch that GitHub Pages serves."""
    from dossier.cli.publishing import run_publish

    for name in ("headers", "redirects", "pages"):
        if options[name] and options["to"] is None:
            raise click.UsageError(f"--{name} needs a folder or an archive: name one with --to")
    if options["record"] and (options["to"] is not None or options["dry_run"]):
        raise click.UsageError("--record publishes nothing, so it goes with neither --to nor --dry-run")
    if options["to"] is not None:
        options["to"] = Path(os.path.abspath(options["to"]))
    options["jobs"] = options["jobs"] or 0
    run_publish(site=find_site(site), today=today(), hooks=not no_verify, **options)


@main.command()
@click.argument("name", required=False, default="", metavar="[NAME]")
@click.option(
    "--write",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write all of them into this folder instead.",
)
def schema(name: str, folder: Path | None) -> None:
    """Print the JSON Schema of what is written in one kind of file; without NAME, say which there are."""
    from dossier.cli.describing import list_schemas, print_schema, write_schemas

    if folder is not None:
        write_schemas(folder)
    elif name:
        print_schema(name)
    else:
        list_schemas()


@main.command(epilog=LSP_EPILOG)
@click.pass_obj
def lsp(site: Path | None, /) -> None:
    """Serve editors that speak the Language Server Protocol, over standard input and output."""
    from dossier.cli.language_server import run_language_server

    run_language_server(None if site is None else find_site(site), today)


@main.command(name="list")
@click.option("--drafts", is_flag=True, help="Include drafts and documents of the future.")
@click.pass_obj
def list_(site: Path | None, /, drafts: bool) -> None:
    """Show what is in the dossier: how much, what is new, and what hangs in the air."""
    from dossier.build import Options, read_library
    from dossier.cli.listing import print_library

    print_library(read_library(Options(site=find_site(site), today=today(), drafts=drafts)))


@main.command(epilog=DOCTOR_EPILOG)
@click.option("--offline", is_flag=True, help="Don't ask the remote anything.")
@click.pass_obj
def doctor(site: Path | None, /, offline: bool) -> None:
    """Look over this machine, the repository and its host, and say what is in the way."""
    from dossier.cli.doctoring import run_doctor

    try:
        folder = find_site(site)
    except DossierError:
        folder = None
    if run_doctor(folder, online=not offline):
        raise click.exceptions.Exit(1)


@main.command(epilog=COMPLETION_EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what lets a shell complete dossier's commands and options."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"{shell} can't be told how to complete")
    click.echo(kind(main, {}, "dossier", "_DOSSIER_COMPLETE").source())


@main.command(epilog=CLIP_EPILOG)
@click.argument("sources", nargs=-1, metavar="[URL|FILE|-]...")
@click.option(
    "--from",
    "listed",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Clip what this file lists, one on each line.",
)
@click.option("--title", default="", help="The headline, whatever the source says.")
@click.option("--source", default="", help="The outlet or body that published it.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Who wrote it; may be repeated.")
@click.option("--date", default="", help="When it was published: 2020-02-12, 2020-02 or 2020.")
@click.option("--url", default="", help="Where a file can be read on the web.")
@click.option("--language", default="", help="Its language: en, ar, pt-BR.")
@click.option("--kind", default="", help="news, report, transcript, press-release, official, analysis …")
@click.option("--topic", "topics", multiple=True, metavar="ID", help="A topic's id; may be repeated.")
@click.option("--yes", is_flag=True, help="Fill in the topics and names that the text suggests.")
@click.option("--archive", is_flag=True, help="Ask the Wayback Machine for its nearest copy.")
@click.option("--archive-at", default="", metavar="URL", help="Ask another server that answers like it.")
@click.option("--update", is_flag=True, help="Take again what is on file, and show what changed.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--private", is_flag=True, help="Fetch from this machine and private networks, too.")
@click.option(
    "--contact",
    default="",
    metavar="URL|MAIL",
    help="Told to servers, so that they can write [default: the site's url].",
)
@click.option(
    "--largest", type=click.IntRange(1, 500), default=16, metavar="MB", help="Take no more than this [16]."
)
@click.option("--jobs", type=click.IntRange(1, 32), metavar="N", help="Sources to take at a time.")
@click.pass_obj
def clip(site: Path | None, /, sources: tuple[str, ...], **options: Any) -> None:
    """Make articles of pages, files and lists of them, and keep their bytes as evidence."""
    from dossier.cli.clipping import run_clip

    options |= {"people": (), "organizations": (), "places": ()}
    code = run_clip(find_site(site), sources, options)
    if code:
        raise click.exceptions.Exit(code)


@main.command()
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--diff", "diffs", is_flag=True, help="Show all that changed, however much.")
@click.pass_obj
def verify(site: Path | None, /, strict: bool, diffs: bool) -> None:
    """Say which articles' texts still are what was captured, and which captures are missing."""
    from dossier.cli.clipping import run_verify

    code = run_verify(find_site(site), strict, diffs)
    if code:
        raise click.exceptions.Exit(code)


@main.group(epilog=NEW_EPILOG)
def new() -> None:
    """Begin a site, or write a new file with its front matter filled in."""


@new.command(name="site")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new_site(folder: Path) -> None:
    """Begin a site in DIR, with a few documents that explain themselves."""
    from dossier.cli.scaffold import begin_site

    begin_site(folder)


def _new_document(kind: str, about: str) -> None:
    @new.command(name=kind, help=about)
    @click.argument("title")
    @click.pass_context
    def command(context: click.Context, title: str) -> None:
        from dossier.cli.scaffold import begin_document

        begin_document(find_site(context.obj), kind, title, today())


_new_document("article", "Write an article's file: somebody else's text, and where it came from.")
_new_document("note", "Write a note's file: your own writing, which cites articles.")
_new_document("claim", "Write a claim's file: a statement, and the articles that support or dispute it.")
_new_document("topic", "Write a topic's file: the overview that groups articles and notes.")


@main.group(name="import", epilog=IMPORT_EPILOG)
def import_() -> None:
    """Take in what other programs keep, with a report of what has no place here."""


def _import_options(command: Any) -> Any:
    """The options that all imports have."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing."),
        click.option("--draft", is_flag=True, help="Make drafts of all, to be looked through."),
        click.option("--topic", "topics", multiple=True, metavar="ID", help="Put all in a topic."),
        click.option("--tag", "tags", multiple=True, metavar="TAG", help="Give all a tag."),
    ):
        command = option(command)
    return command


def _fetching_options(command: Any) -> Any:
    """The options of imports that may fetch."""
    for option in (
        click.option(
            "--fetch", is_flag=True, help="Clip each new article's page, too: its text and evidence."
        ),
        click.option("--private", is_flag=True, help="Fetch from this machine and private networks, too."),
        click.option(
            "--contact", default="", metavar="URL|MAIL", help="Told to servers, so that they can write."
        ),
        click.option(
            "--largest",
            type=click.IntRange(1, 64),
            default=16,
            metavar="MB",
            help="Fetch no more than this [16].",
        ),
    ):
        command = option(command)
    return command


def _import_files(name: str, form: str, about: str) -> None:
    @import_.command(name=name, help=about)
    @click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
    @_fetching_options
    @_import_options
    @click.pass_context
    def command(context: click.Context, /, files: tuple[Path, ...], **options: Any) -> None:
        from dossier.cli.importing import import_file

        _end(import_file(find_site(context.obj), form, files, options | {"today": today()}))


def _end(code: int) -> None:
    if code:
        raise click.exceptions.Exit(code)


_import_files("zotero", "zotero", "Works and notes, as Zotero exports them.")
_import_files("bibliography", "zotero", "Works and notes, as CSL-JSON, BibTeX or RIS.")
_import_files("bookmarks", "bookmarks", "Pages saved in Pocket, Instapaper, Raindrop, a browser.")


def _import_folder(name: str, about: str) -> None:
    @import_.command(name=name, help=about)
    @click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
    @click.option(
        "--as",
        "kind",
        type=click.Choice(["articles", "notes", "auto"]),
        default="articles",
        help="What it is: others' texts [the default], your own, or articles where an address is given.",
    )
    @_import_options
    @click.pass_context
    def command(context: click.Context, /, folder: Path, **options: Any) -> None:
        from dossier.cli.importing import import_folder

        _end(import_folder(find_site(context.obj), name, folder, options | {"today": today()}))


_import_folder("obsidian", "A vault of Obsidian.")
_import_folder("hugo", "The pages of a site of Hugo.")
_import_folder("jekyll", "The posts and drafts of a site of Jekyll.")


@import_.command(name="feed")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|URL...")
@_fetching_options
@_import_options
@click.pass_context
def import_feed(context: click.Context, /, sources: tuple[str, ...], **options: Any) -> None:
    """The entries of feeds, RSS or Atom."""
    from dossier.cli.importing import import_feed

    _end(import_feed(find_site(context.obj), sources, options | {"today": today()}))


@main.group(epilog=EXPORT_EPILOG)
def export() -> None:
    """Make something else of the dossier: a file for a mail, an archive."""


def _export_command(form: str, about: str, argument: str = "") -> None:
    @export.command(name=form, help=about)
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="PLACE",
        help="A file or folder; - for standard output.",
    )
    @click.option("--force", is_flag=True, help="Replace a file that no export left as it is.")
    @click.pass_context
    def command(context: click.Context, /, *, schema: bool = False, **given: Any) -> None:
        from dossier.cli.exporting import print_schema, run_export

        if schema:
            print_schema()
        else:
            run_export(form, find_site(context.obj), today(), **given)

    if argument:
        click.argument("topic", metavar=argument)(command)
    if form == "json":
        click.option("--schema", is_flag=True, help="Print the JSON Schema of the data instead.")(command)


_export_command("single", "One HTML file of a topic: overview, claims, timeline, notes, sources.", "TOPIC")
_export_command("zip", "The built site in an archive, with a page to begin at.")
_export_command("epub", "A book for e-readers, of a topic or of all.", "TOPIC|all")
_export_command("pdf", "A paper of a topic, with cover, contents and running heads.", "TOPIC")
_export_command("json", "All that the site publishes, as documented data.")
