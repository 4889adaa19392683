"""Who may be on this photo: at the moment of use, on the screen and on a sheet."""
