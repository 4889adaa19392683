"""Where material appeared: channels, the log, and what must be taken down."""
