"""The page: a comparison as one HTML file that needs nothing else, neither network nor server."""

from bitext.report.page.html import to_html

__all__ = ["to_html"]
