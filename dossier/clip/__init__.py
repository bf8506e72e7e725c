"""Clipping: a page, a file or a list of them becomes articles, with the bytes kept as evidence.

What reads strangers' bytes (`reading` and all that it imports: lxml, trafilatura, pdfminer) runs in processes
of its own, with limits of time and memory; what fetches (`fetching`) and what writes never parses a page.
"""
