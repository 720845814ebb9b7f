"""The paper for the council of one municipality, that gives its opinion on the proposal (a zienswijze)."""
