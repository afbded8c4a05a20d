"""The processes below this one, as Linux shows them."""
import os
import pathlib

_TICKS = os.sysconf("SC_CLK_TCK")


def _fields(pid):
    """What stands in the process's `stat` behind its name: its state, its parent and so on."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def grandparent():
    """Of a Python worker of Spark, the executor: between them there is the process that starts the workers."""
    return int(_fields(os.getppid())[1])


def seconds_of_work():
    """How long all processes below this one have been working, those included that have ended."""
    processes = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            processes[int(pid)] = _fields(pid)
        except OSError:
            pass  # It has ended.
    ticks = 0
    for pid, fields in processes.items():
        parent = pid
        while parent in processes and parent != os.getpid():
            parent = int(processes[parent][1])
        if parent == os.getpid():
            # Its own work, and that of processes below it that have ended; of this one, only the latter.
            ticks += sum(map(int, fields[13:15] if pid == parent else fields[11:15]))
    return ticks / _TICKS
