"""Things a learner does, as pure kinds: no Flask, no database, no clock."""
