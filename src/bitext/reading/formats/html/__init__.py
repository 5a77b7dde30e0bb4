"""The machinery of markup: HTML, Markdown and one inside the other."""
