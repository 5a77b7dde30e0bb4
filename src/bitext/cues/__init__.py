"""The cue lists of stance and attribution, and where their words stand."""
