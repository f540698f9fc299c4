"""What stands between HTTP and the features: access, transactions, errors, forms, templates, headers."""
