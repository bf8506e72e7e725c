"""What is made of a site besides its pages: one file for a mail, a book, a paper, an archive, data.

All of it is made of what the site publishes, and the same site gives the same bytes.
"""
