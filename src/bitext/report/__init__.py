"""Tables on a terminal and in files, figures, the page."""
