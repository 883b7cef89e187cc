"""Calls COUNT no-op tasks one after the other in one flow: many-tasks.py COUNT"""

import json
import sys
import time

from prefect import flow, task

count = int(sys.argv[1])


@task
def nothing():
    return None


@flow(name="many-tasks")
def many():
    start, cpu = time.perf_counter(), time.process_time()
    for _ in range(count):
        nothing()
    return time.perf_counter() - start, time.process_time() - cpu


if __name__ == "__main__":
    seconds, cpu_seconds = many()
    print("RESULT", json.dumps({"ms": seconds * 1000, "cpu_ms": cpu_seconds * 1000}))
