"""The program, loaded once: runs each command that it is told in a process of its own.

Loading takes the program longer than most commands do. A command begins with a fork here, and is
a process as any other from then on: its own folder, variables, output and exit status.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import bot.app  # noqa: F401 - what `bot.cli` would load when a command asks for it
from bot.cli import main


def serve() -> None:
    """Run a command for each line of JSON, and write its exit status on a line.

    Of one that names a file for its status, which then comes there, write its process' number, and
    wait for nothing.
    """
    for line in sys.stdin:
        command = json.loads(line)
        answer = _begun(command) if "status" in command else _ended(command)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _ended(command: dict[str, Any]) -> int:
    child = os.fork()
    if not child:
        _become(command)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _begun(command: dict[str, Any]) -> int:
    reader, writer = os.pipe()
    if not os.fork():
        child = os.fork()
        if not child:
            _become(command)
        os.write(writer, str(child).encode())
        _, status = os.waitpid(child, 0)
        unseen = Path(f"{command['status']}.unseen")
        unseen.write_text(str(os.waitstatus_to_exitcode(status)), encoding="ascii")
        unseen.rename(command["status"])
        os._exit(0)
    number = int(os.read(reader, 20))
    os.close(reader)
    os.close(writer)
    return number


def _become(command: dict[str, Any]) -> NoReturn:
    """Be the command, as `python -m bot` would be it."""
    os.chdir(command["folder"])
    os.environ.clear()
    os.environ.update(command["variables"])
    for descriptor, path in ((0, os.devnull), (1, command["out"]), (2, command["err"])):
        flags = os.O_WRONLY | os.O_CREAT if descriptor else os.O_RDONLY
        os.dup2(os.open(path, flags), descriptor)
    status = 70
    try:
        main(command["arguments"])
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve()
