"""The texts of letters: as they ship per language, and as a school words them."""
