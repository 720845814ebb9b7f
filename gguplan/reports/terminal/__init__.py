"""What a command prints: tables and sentences for the window."""
