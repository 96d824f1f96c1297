"""Pages for readers and editors, rendered by the server; everything works without JavaScript."""
