"""Staff, trainees and volunteers, who are asked for consent themselves."""
