"""One layout for Turtle files, which keeps every comment.

`tokens` cuts the text, `statements` makes trees of the tokens and hangs each comment on what it
stands by, `layout` writes the trees, and `files` holds the result against the parser before
anything is written.
"""
