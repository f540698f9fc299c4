"""What a learner reads: home, the course, its lessons, their results."""
