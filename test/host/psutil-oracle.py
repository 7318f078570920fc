"""Answers what psutil says of each proc root: a JSON list of roots in, a JSON list of records out.

A record is null where psutil itself gives up. psutil 5.9 takes a MemAvailable of 0 at its word; later ones estimate it, with
the same function they use where it is missing: so does this.
"""
import json
import sys
import warnings

import psutil
from psutil import _pslinux

warnings.simplefilter("ignore")


def meminfo(root):
    with open(root + "/meminfo", "rb") as file:
        return {fields[0]: int(fields[1]) * 1024 for fields in map(bytes.split, file)}


def virtual(root):
    record = psutil.virtual_memory()._asdict()
    del record["used"]  # an older formula up to psutil 7.0
    sizes = meminfo(root)
    if sizes.get(b"MemAvailable:") == 0:
        total, available = record["total"], _pslinux.calculate_avail_vmem(sizes)
        if available < 0:
            available = 0
        elif available > total:
            available = record["free"]
        record["available"] = available
        record["percent"] = round(float(total - available) / total * 100, 1)
    return record


def answer(read):
    try:
        return read()
    except (ValueError, KeyError, IndexError, OSError):
        return None


def ask(root):
    psutil.PROCFS_PATH = root
    return {
        "virtual": answer(lambda: virtual(root)),
        "swap": answer(lambda: psutil.swap_memory()._asdict()),
    }


json.dump([ask(root) for root in json.load(sys.stdin)], sys.stdout)
