"""`python -m bitext` is the command `bitext`."""

import sys

from bitext.cli import main

sys.exit(main())
