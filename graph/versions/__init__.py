"""Two versions of a debate: what changed in it, not in its text.

`revisions` reads a version from files or from git, `pairing` finds what is the same in both,
`changes` compares what was said and `outcomes` what it amounts to; `comparing` has the result.
`driver` shows one file to ``git diff``.
"""
