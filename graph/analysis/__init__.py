"""What a debate comes to: where speakers part ways, and where they meet."""
