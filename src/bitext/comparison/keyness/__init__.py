"""Which terms set one group of articles apart from another, with intervals and tests."""
