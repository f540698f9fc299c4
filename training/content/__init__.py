"""The course package: a folder of plain text, read, checked, rendered and written back."""
