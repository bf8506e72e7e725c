"""PDF files, written by hand: lines of text at places, or a picture in place of text."""

from collections.abc import Sequence

# x and y in points from the lower left corner, the size of the letters, the text.
Line = tuple[float, float, float, str]


def pdf(pages: Sequence[Sequence[Line]], **information: str) -> bytes:
    """A PDF with these lines on its pages, in this order, and an information dictionary."""
    streams = [
        "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, size, text in page)
        for page in pages
    ]
    return _assembled(streams, "/Font << /F1 3 0 R >>", information)


def scan(pages: int) -> bytes:
    """A PDF whose pages are pictures."""
    picture = "q 500 0 0 700 40 60 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00FF00FF> EI Q"
    return _assembled([picture] * pages, "", {})


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assembled(streams: Sequence[str], resources: str, information: dict[str, str]) -> bytes:
    entries = " ".join(f"/{key} ({_escaped(value)})" for key, value in information.items())
    first = 5
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(streams)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {entries} >>",
    ]
    for number, stream in enumerate(streams):
        content = first + 2 * number + 1
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {resources} >> "
            f"/Contents {content} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\n"
    )
    return data + f"{tail}startxref\n{len(data)}\n%%EOF\n".encode()
