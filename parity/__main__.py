"""`python -m parity`. This file holds only syntax that old Pythons read, so that they can say that they are too old."""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "parity: Python %d.%d is too old: 3.11 or newer is needed [python-too-old]\n" % sys.version_info[:2]
        + "hint: install a newer Python, then run it with its name, such as: python3.13 -m parity up\n"
    )
    sys.exit(1)

from parity.cli import main

sys.exit(main())
