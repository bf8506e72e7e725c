# ruff: noqa: E501 - texts of pages are as long as they are.
"""Pages as they are met on the web, written for these tests; each with the fields and findings that it must give.

`holds` are words of the main text that must be in what is extracted, `lacks` words of menus, advertisements and
footers that must not: the two lists by which trafilatura's own evaluation counts.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tests.clip.pdfs import pdf, scan

WORDS = (
    "The bridge over the river at Amerstadt will be closed to lorries from the first of March, the council said.",
    "Engineers had found cracks in two of its nine pillars when the water was low in the autumn of last year.",
    "“Nobody who crosses it on foot or by car is in any danger,” said Ada Brückner, who leads the council's works.",
    "Lorries will have to take the longer road through Hohenfeld, which the mayor there called an imposition.",
    "The repair is to cost eleven million and to take two summers, of which the region is to pay one half.",
)
GERMAN = (
    "Die Brücke über den Fluss wird ab dem ersten März für Lastwagen gesperrt, wie der Rat der Stadt sagte.",
    "Die Ingenieure hatten im Herbst des letzten Jahres Risse in zwei der neun Pfeiler gefunden, als das Wasser "
    "niedrig war, und sie haben dem Rat nun einen Bericht vorgelegt, der nicht veröffentlicht ist.",
    "Die Lastwagen müssen die längere Straße nehmen, was der Bürgermeister dort eine Zumutung nannte, und es ist "
    "noch nicht klar, wer die Kosten für die Straße tragen wird.",
)
ARABIC = (
    "قال مجلس المدينة إن الجسر فوق النهر سيغلق أمام الشاحنات ابتداء من أول مارس، وذلك بعد أن وجد المهندسون شقوقا في "
    "اثنين من أعمدته التسعة عندما كان الماء منخفضا في الخريف الماضي.",
    "وقالت رئيسة الأشغال في المجلس إن أحدا ممن يعبرون الجسر على الأقدام أو بالسيارة ليس في خطر، وإن الشاحنات ستضطر "
    "إلى أن تسلك الطريق الأطول عبر البلدة المجاورة حتى ينتهي العمل فيه.",
)
RUSSIAN = (
    "Мост через реку будет закрыт для грузовиков с первого марта, сообщил городской совет. Инженеры нашли трещины в "
    "двух из девяти опор, когда вода была низкой, и они передали об этом доклад совету города.",
    "Никто из тех, кто переходит мост пешком или едет по нему на машине, не находится в опасности, сказала глава "
    "управления, но грузовики должны будут ехать по более длинной дороге, и это не понравилось мэру.",
)
MENU = "<nav><ul><li><a href='/'>Front page</a></li><li><a href='/sport'>Sport and games</a></li></ul></nav>"
ASIDE = "<aside class='related'><h3>More on this</h3><ul><li><a href='/x'>Ten swimming pools reviewed</a></li></ul></aside>"
FOOTER = "<footer><p>© 2020 All rights reserved. <a href='/imprint'>Imprint of the house</a></p></footer>"
LACKS = ("Sport and games", "Ten swimming pools", "Imprint of the house")
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Page:
    """What a server answers, and what must come of it.

    `fields` are those of the article's front matter; none where no article may come of it. `findings` are the codes
    of all that is said. `path` is where it is served, '' for `/<name>`.
    """

    body: bytes = b""
    fields: Mapping[str, str] = field(default_factory=dict)
    findings: frozenset[str] = frozenset()
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    kind: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    path: str = ""
    slow: float = 0.0
    verbatim: tuple[str, ...] = ()


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


def page(
    head: str, *texts: str, lang: str = "en", heading: str = "Bridge closed to lorries", body: str = ""
) -> str:
    """A page of an outlet: menu, article, related links, footer."""
    main = body or paragraphs(texts or WORDS)
    return (
        f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{MENU}"
        f"<main><article><h1>{heading}</h1>{main}</article></main>{ASIDE}{FOOTER}</body></html>"
    )


def linked(**fields: object) -> str:
    """JSON-LD of a news article."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Bridge closed to lorries",
        **fields,
    }
    return f"<title>Bridge</title><script type='application/ld+json'>{json.dumps(data)}</script>"


def meta(**tags: str) -> str:
    """Tags by their names, in which `_` stands for `:` and a digit at the end is left out."""
    told = []
    for name, value in tags.items():
        name = name.rstrip("0123456789").replace("__", ".").replace("_p_", "_")
        key = "property" if name.startswith(("og_", "article_")) else "name"
        name = name.replace("_", ":", 1) if key == "property" else name
        told.append(f"<meta {key}='{name}' content='{value}'>")
    return "<title>Bridge closed to lorries</title>" + "".join(told)


def article(html: str, encoding: str = "utf-8", **rest: object) -> Page:
    """A page with its whole text."""
    given = {"holds": WORDS[:1] + WORDS[2:], "lacks": LACKS, **rest}
    return Page(html.encode(encoding), **given)  # type: ignore[arg-type]


def bomb(size: int) -> bytes:
    """A little gzip that unpacks to so many megabytes."""
    return gzip.compress(b"\0" * (1 << 20)) * size


DATED = {"datePublished": "2020-02-12T18:30:00+01:00"}
NEWS = {"title": "Bridge closed to lorries", "date": "2020-02-12", "kind": "news"}
COLUMNS = [
    [(60, 780, 18, "Report on the bridge at Amerstadt")]
    + [
        line
        for number in range(24)
        for line in (
            (60.0, 740.0 - 13 * number, 9.0, f"left line {number} tells of the pillars and their cracks"),
            (320.0, 740.0 - 13 * number, 9.0, f"right line {number} tells of the cost and of the summers"),
        )
    ]
]

PAGES: dict[str, Page] = {
    "json-ld": article(
        page(
            linked(
                **DATED,
                author=[{"@type": "Person", "name": "Ada Quill"}, {"@type": "Person", "name": "Bo Reed"}],
                publisher={"@type": "Organization", "name": "The Amer Post"},
            )
        ),
        fields={**NEWS, "source": "amer-post", "authors": "[Ada Quill, Bo Reed]", "text": "full"},
    ),
    "json-ld-graph": article(
        page(
            "<title>x</title><script type='application/ld+json'>"
            + json.dumps(
                {
                    "@graph": [
                        {"@type": "WebPage", "name": "Front", "datePublished": "2011-01-01"},
                        {
                            "@type": ["Thing", "ReportageNewsArticle"],
                            "headline": "The bridge, again",
                            **DATED,
                        },
                    ]
                }
            )
            + "</script>"
        ),
        fields={"title": "The bridge, again", "date": "2020-02-12", "kind": "news"},
    ),
    "highwire": article(
        page(
            meta(
                citation_title="Cracks in river piers",
                citation_author="Quill, Ada",
                citation_author2="Reed, Bo",
                citation_publication_date="2020/02/12",
                citation_journal_title="Journal of Piers",
                og_title="Something shorter",
            )
        ),
        fields={
            "title": "Cracks in river piers",
            "authors": "[Ada Quill, Bo Reed]",
            "date": "2020-02-12",
            "source": "Journal of Piers",
            "kind": "report",
        },
    ),
    "opengraph": article(
        page(
            meta(
                og_title="Bridge closed to lorries",
                og_site_name="The Amer Post",
                og_type="article",
                article_published_time="2020-02-12T08:00:00Z",
                article_author="Ada Quill",
                og_description="Cracks were found &amp;amp; lorries must go round.",
            )
        ),
        fields={**NEWS, "source": "amer-post", "authors": "[Ada Quill]"},
        verbatim=("summary:  # it says of itself: Cracks were found & lorries must go round.",),
    ),
    "dublin-core": article(
        page(
            "<meta name='DC.title' content='Closing order 7'><meta name='DC.creator' content='Council of Amerstadt'>"
            "<meta name='DCTERMS.issued' content='2020-02'><meta name='DC.publisher' content='City of Amerstadt'>",
            heading="Order",
        ),
        fields={
            "title": "Closing order 7",
            "date": "'2020-02'",
            "source": "City of Amerstadt",
            "authors": "[Council of Amerstadt]",
        },
    ),
    "title-with-the-outlet": article(
        page(
            "<title>Bridge closed to lorries | The Amer Post</title>"
            "<meta property='og:title' content='Bridge closed to lorries | The Amer Post'>"
            "<meta property='og:site_name' content='The Amer Post'><meta name='date' content='12 February 2020'>",
            heading="",
        ),
        fields={"title": "Bridge closed to lorries", "date": "2020-02-12"},
    ),
    "no-date": article(
        page("<title>Bridge closed to lorries</title>"),
        fields={
            "title": "Bridge closed to lorries",
            "date": "# when it was published: 2020-02-12, 2020-02 or 2020",
        },
        findings=frozenset(["no-date"]),
    ),
    "date-in-the-address": article(
        page("<title>Bridge closed to lorries</title>"),
        path="/2020/02/12/bridge-closed",
        fields={"date": "2020-02-12"},
        findings=frozenset(["date-guessed"]),
    ),
    "several-dates": article(
        page(linked(**DATED) + meta(article_published_time="2019-11-05T08:00:00Z")),
        fields=NEWS,
        findings=frozenset(["several-dates"]),
    ),
    "dates-of-two-zones": article(
        page(
            linked(datePublished="2020-02-12T23:30:00-05:00")
            + meta(article_published_time="2020-02-13T04:30:00Z")
        ),
        fields=NEWS,
    ),
    "wrong-lang": article(
        page(linked(**DATED), *GERMAN),
        fields={**NEWS, "language": "de"},
        holds=GERMAN,
        findings=frozenset(["language-differs"]),
    ),
    "broken-json-ld": article(
        page(
            '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "headline": </script>'
            + meta(og_title="Bridge closed to lorries", article_published_time="2020-02-12")
        ),
        fields={"title": "Bridge closed to lorries", "date": "2020-02-12"},
        findings=frozenset(["broken-json-ld"]),
    ),
    "arabic": article(
        page(linked(**DATED), *ARABIC, lang="ar"), fields={**NEWS, "language": "ar"}, holds=ARABIC
    ),
    "russian-cp1251": article(
        page("<meta charset='windows-1251'>" + linked(**DATED), *RUSSIAN, lang="ru"),
        encoding="cp1251",
        kind="text/html",
        fields={**NEWS, "language": "ru"},
        holds=RUSSIAN,
    ),
    "utf-16": article(
        page(linked(**DATED), *RUSSIAN, lang="ru"),
        encoding="utf-16",
        kind="text/html",
        fields={**NEWS, "language": "ru"},
        holds=RUSSIAN,
    ),
    "iso-8859-6-undeclared": article(
        page(linked(**DATED), *ARABIC, lang="ar").replace("©", "(c)"),
        encoding="iso8859-6",
        kind="text/html",
        fields={**NEWS, "language": "ar"},
        holds=ARABIC,
        findings=frozenset(["odd-letters"]),
    ),
    "wrongly-declared": article(
        page(linked(**DATED)).replace("©", "(c)"),
        encoding="cp1252",
        kind="text/html; charset=utf-8",
        fields=NEWS,
        findings=frozenset(["odd-letters"]),
    ),
    "latin-1-that-is-windows": article(
        page(linked(**DATED)), encoding="cp1252", kind="text/html; charset=iso-8859-1", fields=NEWS
    ),
    "live-blog": article(
        page(linked(**{"@type": "LiveBlogPosting"}, **DATED)), fields=NEWS, findings=frozenset(["live-page"])
    ),
    "paywall": article(
        page(
            linked(**DATED, isAccessibleForFree=False),
            WORDS[0],
            WORDS[1],
            "Subscribe to continue reading this article.",
        ),
        fields={**NEWS, "text": "excerpts"},
        holds=WORDS[:1],
        findings=frozenset(["paywall"]),
    ),
    "consent-wall": Page(
        page(
            "<title>Before you continue</title>",
            heading="Before you continue",
            body="<p>We and our partners use "
            "cookies. Accept all cookies to go on, or manage your choices.</p><button>Accept all</button>",
        ).encode(),
        findings=frozenset(["consent-wall"]),
    ),
    "challenge": Page(
        b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
        b"<p>Enable JavaScript and cookies to continue</p></body></html>",
        findings=frozenset(["no-text"]),
    ),
    "scripts-only": Page(
        b"<html><head><title>App</title></head><body><div id='root'></div><script src='app.js'></script></body></html>",
        findings=frozenset(["no-text"]),
    ),
    "empty": Page(b"", findings=frozenset(["no-text"])),
    "hostile": article(
        page(
            linked(**DATED),
            *WORDS,
            "A [[wiki]] link, a {{ template }}, a [link](javascript:alert(1)) and &lt;script&gt;alert(2)&lt;/script&gt; "
            "stand here as words, with snake_case, *stars* and # marks that mean themselves, said the man.",
            "1. This is no list, though it begins so, and the sentence goes on for a while to be seen as text.",
            "<a href='javascript:alert(3)'>This link</a> leads nowhere, but <a href='https://example.org/a(b)'>that "
            "one</a> does, and <img src='https://tracker.example/pixel.gif'>the picture is gone from the text.",
        ),
        fields=NEWS,
        verbatim=(
            "\\[\\[wiki\\]\\]",
            "\\<script>alert(2)\\</script>",
            "snake_case, \\*stars\\* and # marks",
            "1\\. This is no list",
            "This link leads nowhere, but [that one](https://example.org/a%28b%29) does",
        ),
        lacks=(*LACKS, "javascript:alert(3)", "pixel.gif"),
    ),
    "hostile-fields": article(
        page(
            meta(
                og_title="A: title # with &quot;quotes&quot;, \u202eturned\u202c and [brackets]",
                og_site_name="yes",
                article_published_time="2020-02-12",
            ),
            heading="",
        ),
        fields={
            "title": '"A: title # with \\"quotes\\", turned and [brackets]"',
            "source": '"yes"',
            "date": "2020-02-12",
        },
    ),
    "canonical-elsewhere": article(
        page(linked(**DATED) + "<link rel='canonical' href='https://elsewhere.example/other'>"), fields=NEWS
    ),
    "parts-of-a-text": article(
        page(
            linked(**DATED),
            body=paragraphs(WORDS[:2])
            + "<h2>What it costs</h2><ul><li>Eleven million for the pillars</li><li>Two million for signs</li></ul>"
            + "<blockquote><p>We shall close it at night only, the council wrote in its order.</p></blockquote>"
            + "<table><tr><th>Year</th><th>Lorries</th></tr><tr><td>2018</td><td>4,100</td></tr></table>"
            + paragraphs(WORDS[2:]),
        ),
        fields=NEWS,
        verbatim=(
            "## What it costs",
            "- Eleven million for the pillars\n- Two million for signs",
            "> We shall close it at night only",
            "| Year | Lorries |\n| --- | --- |\n| 2018 | 4,100 |",
        ),
    ),
    "transcript": article(
        page(linked(**DATED)), path="/transcripts/bridge", fields={**NEWS, "kind": "transcript"}
    ),
    "redirected": Page(
        status=302, headers={"Location": "/moved-here"}, fields=NEWS, holds=WORDS[:1], findings=frozenset()
    ),
    "moved-here": Page(page(linked(**DATED)).encode(), findings=frozenset(["on-file"])),
    "endless-redirect": Page(
        status=302, headers={"Location": "{self}x"}, findings=frozenset(["too-many-redirects"])
    ),
    "redirect-in-a-circle": Page(
        status=302, headers={"Location": "{self}"}, findings=frozenset(["too-many-redirects"])
    ),
    "redirect-to-a-file": Page(
        status=302, headers={"Location": "file:///etc/passwd"}, findings=frozenset(["bad-address"])
    ),
    "not-there": Page(b"<p>nothing</p>", status=404, findings=frozenset(["bad-response"])),
    "forbidden": Page(b"<p>no</p>", status=403, findings=frozenset(["bad-response"])),
    "twenty-megabytes": Page(
        page(linked(**DATED)).encode() + b"<!--" + b"x" * (20 << 20) + b"-->",
        findings=frozenset(["source-too-large"]),
    ),
    "gzip": article(page(linked(**DATED)), fields=NEWS, headers={"Content-Encoding": "gzip"}),
    "gzip-bomb": Page(
        bomb(300),
        headers={"Content-Encoding": "gzip"},
        findings=frozenset(["source-too-large"]),
    ),
    "gzip-cut-short": Page(
        gzip.compress(page(linked(**DATED)).encode())[:-40],
        headers={"Content-Encoding": "gzip"},
        findings=frozenset(["fetch-failed"]),
    ),
    "packed-otherwise": Page(
        b"\x0b\x02\x80", headers={"Content-Encoding": "br"}, findings=frozenset(["fetch-failed"])
    ),
    "drip": Page(b"<html>", slow=30.0, findings=frozenset(["fetch-failed"])),
    "picture": Page(
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40, kind="image/png", findings=frozenset(["unknown-format"])
    ),
    "pdf-scan": Page(scan(3), kind="application/pdf", findings=frozenset(["scan"])),
    "pdf-columns": Page(
        pdf(
            COLUMNS,
            Title="Report on the bridge",
            Author="Works of Amerstadt",
            CreationDate="D:20200212093000Z",
        ),
        kind="application/pdf",
        fields={
            "title": "Report on the bridge",
            "authors": "[Works of Amerstadt]",
            "date": "2020-02-12",
            "kind": "report",
        },
        findings=frozenset(["date-guessed"]),
        holds=(
            "left line 0 tells of the pillars and their cracks left line 1 tells",
            "right line 22 tells of the cost and of the summers right line 23",
        ),
        lacks=("cracks right line",),
    ),
    "pdf-damaged": Page(
        b"%PDF-1.4\n1 0 obj\n<< /Type", kind="application/pdf", findings=frozenset(["damaged"])
    ),
    "text": Page(
        (
            "Title: Bridge closed to lorries\nDate: 2020-02-12\nSource: Amer Radio\n\n" + "\n\n".join(WORDS)
        ).encode(),
        kind="text/plain; charset=utf-8",
        fields={
            "title": "Bridge closed to lorries",
            "date": "2020-02-12",
            "source": "Amer Radio",
            "kind": "other",
        },
        holds=WORDS,
    ),
}
# Two pages of the same bytes are one document.
PAGES = {
    name: replace(page, body=page.body + f"<!-- {name} -->".encode())
    if page.body.startswith(b"<!doctype html>")
    else page
    for name, page in PAGES.items()
}
