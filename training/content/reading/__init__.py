"""How easy a course is to read, and how fair and complete its questions are: what no error says."""
