"""Files → records: inputs, what a document is, its format, its metadata, its prose."""
