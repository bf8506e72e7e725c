"""Inputs made of others, where there is no atheris to make them: bytes changed at random, by a seed."""

import random
from collections.abc import Iterator, Sequence

# What formats are made of, so that a change is more than noise.
WORDS = """: - [ ] { } ' " &a *a << [@ [[ ]] | ![ ]( < <!-- --> ` ``` > # [^1] https://a.b/ javascript:
    %2e%2e/ .. \\ <p> </p> <script> &#58; @article{a, TY\u0020\u0020-\u0020 2020-02-30 bytes=0- localhost:8000
    \u0000 \u00e9 \u202e \ufeff \u201c \u201d \u2026"""
TOKENS = (b"---\n", b"\n", b"\n\n", b"\r\n", b" ", b"\xff", b"9" * 20, *map(str.encode, WORDS.split()))
LONGEST = 4096


def inputs(corpus: Sequence[bytes], seed: int) -> Iterator[bytes]:
    """Endless inputs. The same corpus and seed give the same ones."""
    chance = random.Random(seed)
    while True:
        data = bytearray(chance.choice(corpus))
        for _ in range(chance.randint(1, 6)):
            change(data, corpus, chance)
        yield bytes(data[:LONGEST])


def change(data: bytearray, corpus: Sequence[bytes], chance: random.Random) -> None:
    """Change bytes in one of several ways."""
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 2, 8, 64)))
    match chance.randrange(6):
        case 0:
            data[at:at] = chance.choice(TOKENS)
        case 1:
            data[at:end] = chance.choice(TOKENS)
        case 2:
            del data[at:end]
        case 3:
            data[at:at] = bytes(data[at:end]) * chance.choice((1, 2, 20))
        case 4:
            data[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
        case 5:
            other = chance.choice(corpus)
            start = chance.randrange(len(other) + 1)
            data[at:] = other[start:]
