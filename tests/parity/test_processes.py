"""Starting and ending processes, with real ones."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

# A signal in the midst of Popen: the child is there already, and Python does not know of it yet.
IN_THE_MIDST = """
    import os, signal, subprocess, sys
    from parity import errors, processes

    class Late(subprocess.Popen):
        def _execute_child(self, *arguments):
            super()._execute_child(*arguments)
            print(self.pid, flush=True)
            os.kill(os.getpid(), signal.SIGINT)

    subprocess.Popen = Late
    processes.SIGNALS.heed()
    sys.exit(errors.exit_code(lambda: {call}))
"""


@pytest.mark.parametrize(
    "call", ["processes.captured(['sleep', '60'], seconds=60)", "processes.started(['sleep', '60'])"]
)
def test_a_signal_while_a_process_starts_ends_that_process_too(call: str) -> None:
    script = textwrap.dedent(IN_THE_MIDST).format(call=call)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (130, "")
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), signal.SIG_DFL)
