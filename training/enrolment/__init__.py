"""Who must learn what by when, what is done, and what counts as done."""
