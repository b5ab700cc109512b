"""Set up Rebound in this checkout: ``python3 scripts/bootstrap.py [--dev] [--no-models]``.

Runs with nothing but Python. This file alone must be readable by a Python that is too old.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Rebound needs Python 3.11 or newer, and this is Python %d.%d. "
        "Install a newer one, then run `make PYTHON=python3.11 run` with its name." % sys.version_info[:2]
    )

import setup_steps

if __name__ == "__main__":
    sys.exit(setup_steps.main(sys.argv[1:]))
