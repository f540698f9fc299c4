"""Health of the installation and the record of what staff did."""
