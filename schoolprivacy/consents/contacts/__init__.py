"""The contact list and the telephone tree of a group; only what was consented stands there."""
