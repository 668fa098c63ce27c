"""Which claims stand, how strongly, for whom, and what would flip them.

Everything here works on integer arrays. Frameworks of arguments and attacks, and Dung's semantics:
`framework`, `grounded`, `extensions`, `acceptance`, `iccma`. Strengths: `gradual`.
"""
