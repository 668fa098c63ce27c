"""Written pages for readers, made from what the files say."""
