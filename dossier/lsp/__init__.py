"""A language server: editors complete, check, explain, find and rename while one writes.

`open_site` keeps a site parsed and joined, and takes in what editors hold unsaved; `mentions` and `matter`
say what stands at a place of a file. From these `completing`, `answers`, `outline` and `renaming` answer one
question each. `server` knows when to look at what; `listening`, `answering` and `naming` speak the protocol.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""
