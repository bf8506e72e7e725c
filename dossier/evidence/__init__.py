"""The checking of an argument: quotations against their sources, claims against their evidence."""
