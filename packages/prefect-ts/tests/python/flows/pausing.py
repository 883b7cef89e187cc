"""A flow that waits for somebody, and somebody who lets it go on."""

import threading
import time

from prefect import flow, pause_flow_run, task
from prefect.client.orchestration import get_client
from prefect.context import get_run_context
from report import report


@task(task_run_name="before")
def before() -> None:
    return None


@task(task_run_name="after")
def after() -> None:
    return None


def resume_when_paused(flow_run_id: object) -> None:
    with get_client(sync_client=True) as client:
        while not (run := client.read_flow_run(flow_run_id)).state.is_paused():
            time.sleep(0.05)
        client.resume_flow_run(run.id)


@flow(name="pausing", flow_run_name="pausing-run")
def pausing() -> None:
    flow_run_id = get_run_context().flow_run.id
    before()
    threading.Thread(target=resume_when_paused, args=[flow_run_id]).start()
    pause_flow_run(timeout=30, poll_interval=0.1, key="once")
    after()
    report(flow_run_id=flow_run_id, task_runs=2)


if __name__ == "__main__":
    pausing()
