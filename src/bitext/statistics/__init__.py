"""What all comparisons share: groups, effects with intervals, resampling, many tests at once."""
