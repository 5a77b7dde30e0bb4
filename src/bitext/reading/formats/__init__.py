"""One file per format of a document."""
