"""AIF, the Argument Interchange Format, as JSON (AIFdb, OVA), as xAIF and in RDF.

Each notation becomes a `NodeSet` (`nodes`) and is made from one; `reading` tells what a node set
says in claims and links, with `illocutions` and `locutions` for who says it, and `composing` makes
a node set of a debate.

Source: Chesñevar et al., Towards an argument interchange format (2006); The Argument Interchange
Format Specification (2011), http://www.arg.dundee.ac.uk/aif; for who says what, Budzynska and
Reed, Whence inference? (2011), on inference anchoring theory.
"""
