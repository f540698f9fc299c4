"""Học Số: digital-skills training for village Party-cell secretaries."""
