"""`python -m graphviz_grad trace script.py -o trace.json`."""

import sys

from .script import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
