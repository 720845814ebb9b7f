"""Would it have been right? The model and naive rules, on years that they were not shown."""
