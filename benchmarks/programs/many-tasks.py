"""Calls COUNT no-op tasks one after the other in one flow: many-tasks.py COUNT"""

import json
import sys
import time

from prefect import flow, task

count = int(sys.argv[1])


@flow
def warm_up():
    """The server starts, as ours does in a few milliseconds."""


@task
def nothing():
    return None


@flow(name="many-tasks")
def many():
    start = time.perf_counter()
    for _ in range(count):
        nothing()
    return time.perf_counter() - start


if __name__ == "__main__":
    warm_up()
    start, cpu = time.perf_counter(), time.process_time()
    seconds_inside = many()
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    outcome = {"ms": seconds * 1000, "cpu_ms": cpu_seconds * 1000, "inside_ms": seconds_inside * 1000}
    print("RESULT", json.dumps(outcome))
