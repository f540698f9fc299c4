"""Published courses: immutable revisions, their pictures, and the commands that bring them in."""
