"""What gguplan offers to Python."""
