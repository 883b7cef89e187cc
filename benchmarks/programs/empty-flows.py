"""Runs COUNT empty flows, then COUNT empty subflows, and tells how long each took: empty-flows.py COUNT"""

import json
import sys
import time

from prefect import flow

count = int(sys.argv[1])


@flow
def empty():
    return None


def measure():
    times = []
    cpu = time.process_time()
    for _ in range(count):
        start = time.perf_counter()
        empty()
        times.append((time.perf_counter() - start) * 1000)
    return {"times": times, "cpu_ms": (time.process_time() - cpu) * 1000 / count}


@flow
def parent():
    return measure()


if __name__ == "__main__":
    empty()  # the server starts
    print("RESULT", json.dumps({"flow": measure(), "subflow": parent()}))
