"""`python -m parity`. This file holds only syntax that old Pythons read, so that they can say that they are too old."""

import signal
import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "parity: Python %d.%d is too old: 3.11 or newer is needed [python-too-old]\n" % sys.version_info[:2]
        + "hint: install a newer Python, then run it with its name, such as: python3.13 -m parity up\n"
    )
    sys.exit(1)

# Until we heed signals ourselves, Ctrl-C ends us at once: a KeyboardInterrupt amid an import may be lost, and we would go on.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from parity.cli import main

if __name__ == "__main__":
    sys.exit(main())
