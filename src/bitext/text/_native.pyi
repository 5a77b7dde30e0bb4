"""Types of the C extension; its sources are in `native/`."""
