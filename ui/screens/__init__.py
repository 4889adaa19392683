"""The pages of the main window and the gate. None imports another: they say where to go."""
