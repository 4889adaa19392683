"""The sheet for a substitute teacher (invalblad): what they must know of the group today."""
