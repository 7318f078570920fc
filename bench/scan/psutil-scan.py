"""psutil's scan with the same fields: see subject.ts."""
import sys
import time

import psutil

FIELDS = ["pid", "ppid", "name", "cmdline", "status", "create_time", "memory_info", "cpu_times", "num_threads"]

while sys.stdin.buffer.read(1):
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    processes = [process.info for process in psutil.process_iter(FIELDS)]
    print(time.perf_counter_ns() - wall, time.process_time_ns() - cpu, len(processes), flush=True)
