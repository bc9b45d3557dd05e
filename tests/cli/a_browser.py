"""A browser for $BROWSER: goes where it is told, and follows redirects."""

import sys
import urllib.request

with urllib.request.urlopen(sys.argv[1], timeout=20) as answer:
    answer.read()
