"""A table built once, shown in many ways: on a page, on paper, as XLSX, as CSV."""
