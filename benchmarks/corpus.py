"""A seeded, made-up dossier of any size: the same seed and size always give the same texts.

Every article and note is made from its own number alone, so a corpus of 100,000 is written without ever
being held in memory, and article 7 of a corpus can be made again later to check a built page.
The prose is random words with the frequencies of English newspaper text; it means nothing.
"""

from __future__ import annotations

import datetime
import itertools
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


def split_words(text: str, separator: str | None = None) -> list[str]:
    """A list of words written as one text."""
    return [word.strip() for word in text.split(separator)]


FIRST_DAY = datetime.date(2014, 1, 1).toordinal()
LAST_DAY = datetime.date(2025, 12, 31).toordinal()
KINDS = ("news", "news", "news", "report", "transcript", "press-release", "official", "analysis")
STATUSES = ("analysis", "finding", "comment", "open question")

GIVEN_NAMES = split_words(
    "Amal Anna Boris Carla Dalia David Elena Emre Farid Greta Hana Henrik Ines Ivan Jana Jonas Karim "
    "Laila Lars Leila Marek Maria Marta Mikael Mona Nadia Nils Nora Omar Oskar Paula Pavel Petra Rami "
    "Rania René Rosa Salma Samir Sara Sofia Stefan Tarek Teresa Tomas Ursula Vera Viktor Yara Youssef "
    "Zahra Zoran Agnes Bruno Clara Diego Esther Felix Gloria Hugo Irene José Katja Louis Miriam Noel"
)
FAMILY_NAMES = split_words(
    "Adler Aziz Bakker Barzani Becker Berg Bianchi Blum Brandt Castro Conti Costa Dahl Demir Dubois "
    "Eriksen Farouk Fischer Fontaine Garcia Haddad Hamid Hansen Hashimi Holm Horvat Ibrahim Jansen "
    "Jovanović Kaplan Karimi Keller Khalil Kowalska Kraus Kurt Lambert Larsen Lehmann Lindqvist Lopez "
    "Maalouf Marin Martins Meyer Moreau Müller Nasser Nielsen Novak Öztürk Olsen Pavlova Petrov Popescu "
    "Quinn Ramos Rashid Ricci Rossi Roth Sabri Saleh Santos Schmidt Silva Simon Sokolov Svensson Tahir "
    "Toth Vargas Vidal Vogel Wagner Weber Werner Winter Yilmaz Zaman Zeller Ziegler Zuber"
)
ADJECTIVES = split_words(
    "Northern Southern Eastern Western Central National Federal Regional Joint Atlantic Baltic Levantine "
    "Maritime Independent United Royal Civic Strategic Popular Constitutional Continental Danube Gulf "
    "Highland Harbour Metropolitan Provincial Overseas Permanent General"
)
BODIES = split_words(
    "Command Council Institute Ministry Assembly Committee Agency Alliance Bureau Commission Federation "
    "Foundation Guard League Mission Office Observatory Party Court Service Union Authority Fund Forum "
    "Secretariat Directorate Academy Inspectorate Chamber Brigade"
)
FIELDS = split_words(
    "Defence,Security,Reconstruction,Trade,Energy,Justice,Health,Education,Migration,Water,Transport,"
    "Research,Finance,Training,Human Rights,Border Affairs,Public Works,Statistics,Culture,Agriculture",
    ",",
)
PLACE_STARTS = split_words(
    "Kar Bal Tel Nor Sul Ham Dar Mar Sal Ker Bas Zar Ral Tor Vel Fal Gar Hel Lin Mor Nas Ost Per Qar Rem "
    "Sin Tar Urm Ves Wil Yar Zel Ank Bre Cor"
)
PLACE_ENDS = split_words(
    "abad holm dorf ville mora burg stad grad haven field mouth ford ania esh iya una ara eta ona isk "
    "ovo ino ava elle ick ham by nes vik minster"
)
PAPERS = split_words(
    "Gazette Herald Courier Tribune Post Times Review Observer Monitor Chronicle Dispatch Journal Record "
    "Examiner Sentinel Standard Telegraph Bulletin Mirror Register"
)
SLUG_RUNS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Entity:
    """A person, organization, place or source as its register has it; `role` is a person's only."""

    id: str
    name: str
    description: str
    role: str = ""
    latitude: float = 0.0
    longitude: float = 0.0


@dataclass(frozen=True)
class Topic:
    """A topic's page: `overview` is Markdown without links to other documents."""

    id: str
    title: str
    summary: str
    order: int
    overview: str


@dataclass(frozen=True)
class Head:
    """What is needed to link to an article."""

    id: str
    title: str
    date: str


@dataclass(frozen=True)
class Article:
    """A clipped article; `body` is Markdown that is the same for every generator."""

    id: str
    title: str
    date: str
    accessed: str
    url: str
    kind: str
    source: Entity
    authors: tuple[str, ...]
    topics: tuple[Topic, ...]
    people: tuple[Entity, ...]
    organizations: tuple[Entity, ...]
    places: tuple[Entity, ...]
    summary: str
    body: str


@dataclass(frozen=True)
class Citation:
    """A reference in a note's text: the `number`-th cited article, as `[@id]` or as a wiki link."""

    article: Head
    number: int
    wiki: bool


@dataclass(frozen=True)
class Note:
    """A curator's note; `text` is Markdown interrupted by citations, which each layout writes its way."""

    id: str
    title: str
    date: str
    status: str
    authors: tuple[str, ...]
    topics: tuple[Topic, ...]
    summary: str
    text: tuple[str | Citation, ...]


@dataclass(frozen=True)
class Corpus:
    """A corpus of `size` articles: its pools, from which articles and notes draw."""

    size: int
    seed: int
    topics: tuple[Topic, ...]
    people: tuple[Entity, ...]
    organizations: tuple[Entity, ...]
    places: tuple[Entity, ...]
    sources: tuple[Entity, ...]

    @property
    def note_count(self) -> int:
        """One note to twenty articles."""
        return max(1, self.size // 20)

    def articles(self) -> Iterator[Article]:
        """Every article, made one at a time."""
        return (make_article(self, number) for number in range(self.size))

    def notes(self) -> Iterator[Note]:
        """Every note, made one at a time."""
        return (make_note(self, number) for number in range(self.note_count))


# ---------------------------------------------------------------- the pools


def make_corpus(size: int, seed: int = 1) -> Corpus:
    """The corpus's pools. They grow with the size, so that a topic or person has as many articles at any."""
    rng = random.Random(f"{seed}:pools:{size}")
    return Corpus(
        size=size,
        seed=seed,
        topics=tuple(make_topic(seed, number) for number in range(max(2, size // 50))),
        people=make_people(rng, max(10, size // 20)),
        organizations=make_organizations(rng, max(10, size // 50)),
        places=make_places(rng, max(10, size // 50)),
        sources=make_sources(rng, max(5, size // 100)),
    )


def make_topic(seed: int, number: int) -> Topic:
    """A topic with two to four paragraphs of overview."""
    rng = random.Random(f"{seed}:topic:{number}")
    title = title_words(rng, 2, 4)
    overview = "\n\n".join(paragraph(rng) for _ in range(rng.randint(2, 4)))
    return Topic(f"{slug(title)}-{number + 1}", title, plain_sentence(rng), number, overview + "\n")


def make_people(rng: random.Random, count: int) -> tuple[Entity, ...]:
    """People with a role and a line of description."""
    names = distinct_names((f"{g} {f}" for g in GIVEN_NAMES for f in FAMILY_NAMES), rng, count)
    return tuple(
        Entity(slug(name), name, plain_sentence(rng), role=f"{title_words(rng, 2, 3)}, 2014–2025")
        for name in names
    )


def make_organizations(rng: random.Random, count: int) -> tuple[Entity, ...]:
    """Organizations with a line of description."""
    parts = itertools.product(ADJECTIVES, BODIES, FIELDS)
    names = distinct_names((f"{a} {b} for {f}" for a, b, f in parts), rng, count)
    return tuple(Entity(slug(name), name, plain_sentence(rng)) for name in names)


def make_places(rng: random.Random, count: int) -> tuple[Entity, ...]:
    """Places with coordinates."""
    parts = itertools.product(PLACE_STARTS, PLACE_ENDS, ("", " North", " South", " East", " West"))
    names = distinct_names((f"{a}{b}{c}" for a, b, c in parts), rng, count)
    return tuple(
        Entity(
            slug(name),
            name,
            plain_sentence(rng),
            latitude=round(rng.uniform(-60, 70), 2),
            longitude=round(rng.uniform(-180, 180), 2),
        )
        for name in names
    )


def make_sources(rng: random.Random, count: int) -> tuple[Entity, ...]:
    """Newspapers: the outlets that published the articles."""
    towns = (f"{a}{b}" for a, b in itertools.product(PLACE_STARTS, PLACE_ENDS))
    names = distinct_names((f"{t} {p}" for t, p in itertools.product(towns, PAPERS)), rng, count)
    return tuple(Entity(slug(name), name, plain_sentence(rng)) for name in names)


def distinct_names(every: Iterable[str], rng: random.Random, count: int) -> list[str]:
    """`count` of the names in random order; when they run out, the same again with a number."""
    names = sorted(every)
    rng.shuffle(names)
    numbered = (f"{name} {turn}" for turn in itertools.count(2) for name in names)
    return list(itertools.islice(itertools.chain(names, numbered), count))


# ---------------------------------------------------------------- documents


def make_head(seed: int, number: int) -> Head:
    """The id, title and date of article `number`; cheap, so that notes can cite without making articles."""
    rng = random.Random(f"{seed}:head:{number}")
    title = title_words(rng, 5, 11)
    if rng.random() < 0.15:
        title += ", minister says" if rng.random() < 0.5 else ": ‘" + title_words(rng, 2, 4) + "’"
    day = datetime.date.fromordinal(rng.randint(FIRST_DAY, LAST_DAY)).isoformat()
    return Head(f"{'-'.join(slug(title).split('-')[:6])}-{number + 1}", title, day)


def make_article(corpus: Corpus, number: int) -> Article:
    """Article `number` (from 0): five to twelve paragraphs with what real clippings have in them."""
    head = make_head(corpus.seed, number)
    rng = random.Random(f"{corpus.seed}:article:{number}")
    source = rng.choice(corpus.sources)
    accessed = datetime.date.fromisoformat(head.date) + datetime.timedelta(days=rng.randint(0, 9))
    return Article(
        id=head.id,
        title=head.title,
        date=head.date,
        accessed=accessed.isoformat(),
        url=f"https://www.{source.id}.example/{head.date[:7].replace('-', '/')}/{head.id}",
        kind=rng.choice(KINDS),
        source=source,
        authors=tuple(person.name for person in rng.sample(corpus.people, rng.randint(1, 2))),
        topics=tuple(rng.sample(corpus.topics, min(rng.randint(1, 3), len(corpus.topics)))),
        people=tuple(rng.sample(corpus.people, rng.randint(0, 4))),
        organizations=tuple(rng.sample(corpus.organizations, rng.randint(1, 3))),
        places=tuple(rng.sample(corpus.places, rng.randint(1, 2))),
        summary=plain_sentence(rng),
        body=article_body(rng),
    )


def article_body(rng: random.Random) -> str:
    """Paragraphs, and between some of them a heading, a list or a block quote."""
    blocks = []
    for position in range(rng.randint(5, 12)):
        if position and rng.random() < 0.12:
            blocks.append(f"## {title_words(rng, 2, 6)}")
        blocks.append(paragraph(rng))
        extra = rng.random()
        if extra < 0.07:
            blocks.append(bullet_list(rng))
        elif extra < 0.14:
            blocks.append(f"> {sentence(rng)} {sentence(rng)}")
    return "\n\n".join(blocks) + "\n"


def make_note(corpus: Corpus, number: int) -> Note:
    """Note `number` (from 0): a few paragraphs that cite three to eight articles, each in one sentence."""
    rng = random.Random(f"{corpus.seed}:note:{number}")
    title = title_words(rng, 4, 8)
    cited = [make_head(corpus.seed, n) for n in rng.sample(range(corpus.size), rng.randint(3, 8))]
    text: list[str | Citation] = [f"{paragraph(rng)}\n\n"]
    for position, head in enumerate(cited, start=1):
        wiki = rng.random() < 0.3
        text += [f"{plain_sentence(rng)[:-1]} ", Citation(head, position, wiki), f". {sentence(rng)}"]
        text.append(" " if rng.random() < 0.5 else "\n\n")
    text.append(f"{paragraph(rng)}\n")
    return Note(
        id=f"note-{'-'.join(slug(title).split('-')[:4])}-{number + 1}",
        title=title,
        date=datetime.date.fromordinal(rng.randint(FIRST_DAY, LAST_DAY)).isoformat(),
        status=rng.choice(STATUSES),
        authors=(rng.choice(corpus.people).name,),
        topics=tuple(rng.sample(corpus.topics, min(rng.randint(1, 2), len(corpus.topics)))),
        summary=plain_sentence(rng),
        text=tuple(text),
    )


# ---------------------------------------------------------------- prose

WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
# Zipf's law with Mandelbrot's shift: the word of rank r turns up about 1 / (r + 2.7) as often.
FREQUENCIES = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(WORDS))))


def random_words(rng: random.Random, count: int) -> list[str]:
    """Words as often as English has them."""
    return rng.choices(WORDS, cum_weights=FREQUENCIES, k=count)


def plain_sentence(rng: random.Random) -> str:
    """A sentence without markup."""
    words = random_words(rng, rng.randint(8, 22))
    if len(words) > 12:
        words[rng.randint(4, 8)] += ","
    words[0] = words[0].capitalize()
    return " ".join(words) + "."


def sentence(rng: random.Random) -> str:
    """A sentence; one in four has a quotation, emphasis or a link in it."""
    words = plain_sentence(rng).split(" ")
    start = rng.randint(1, len(words) - 5)
    span = " ".join(words[start : start + rng.randint(1, 4)])
    choice = rng.random()
    if choice < 0.08:
        span = f"“{span}”"
    elif choice < 0.12:
        span = f'"{span}"'
    elif choice < 0.17:
        span = f"*{span}*"
    elif choice < 0.19:
        span = f"**{span}**"
    elif choice < 0.25:
        span = f"[{span}](https://www.example.org/{slug(span)}/{rng.randint(1, 9999)})"
    return " ".join([*words[:start], span, *words[start + span_length(span) :]])


def span_length(span: str) -> int:
    """How many words of the sentence a span stands for: a link's address has no spaces."""
    return span.count(" ") + 1


def paragraph(rng: random.Random) -> str:
    """Two to four sentences."""
    return " ".join(sentence(rng) for _ in range(rng.randint(2, 4)))


def bullet_list(rng: random.Random) -> str:
    """Three to five short points."""
    return "\n".join(f"- {plain_sentence(rng)}" for _ in range(rng.randint(3, 5)))


def title_words(rng: random.Random, least: int, most: int) -> str:
    """A headline in sentence case."""
    words = " ".join(random_words(rng, rng.randint(least, most)))
    return words[0].upper() + words[1:]


def slug(text: str) -> str:
    """Lower case, letters and digits kept, apostrophes dropped, other runs one hyphen."""
    return SLUG_RUNS.sub("-", text.lower().replace("'", "").replace("’", "")).strip("-")
