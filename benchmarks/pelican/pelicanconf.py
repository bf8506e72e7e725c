"""Pelican's settings: flat files as dossier has them, one feed, one template for articles."""

SITENAME = "Benchmark dossier"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME = "theme"
PATH = "content"
OUTPUT_PATH = "public"
DELETE_OUTPUT_DIRECTORY = False
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["notes", "topics", "people", "organizations", "places", "sources"]
# An article's address is its file's; notes, topics and entities are pages in folders of their own.
ARTICLE_URL = ARTICLE_SAVE_AS = "articles/{slug}.html"
PATH_METADATA = r"(?P<folder>[^/]+)/[^/]+\.md"
PAGE_URL = PAGE_SAVE_AS = "{folder}/{slug}.html"
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 30
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_DOMAIN = "https://dossier.example"
DEFAULT_PAGINATION = False
DIRECT_TEMPLATES = ["index"]
TAG_SAVE_AS = CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
USE_FOLDER_AS_CATEGORY = False
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}},
    "output_format": "html5",
}
