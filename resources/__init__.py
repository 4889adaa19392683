"""What ships with the program and is not code: texts, terms of law, fonts."""
