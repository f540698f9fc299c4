"""People: their posts, the roles granted to them, how they sign in."""
