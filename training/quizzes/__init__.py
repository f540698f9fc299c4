"""Attempts at a quiz: drawn, answered, handed in, marked by the server."""
