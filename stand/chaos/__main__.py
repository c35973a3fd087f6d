"""`python -m stand.chaos [PART OF A FAULT'S NAME]`: hands the trial over to a process with the stand's settings."""

import subprocess
import sys

from stand.places import ROOT, find_stand

CODE = "import sys; from stand.chaos.trial import main; sys.exit(main({only!r}))"


def main() -> int:
    """Run the trial in Django; its exit code is ours."""
    stand = find_stand()
    if stand is None:
        sys.stderr.write("No stand runs. Type: make stand\n")
        return 1
    code = CODE.format(only=" ".join(sys.argv[1:]))
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", code]
    return subprocess.run(command, cwd=ROOT, env=stand.site_environment(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
