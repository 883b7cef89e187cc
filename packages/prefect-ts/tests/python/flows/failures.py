"""What goes wrong: a task that raises, a flow that is tried again, a timeout, a state that is returned."""

import time

from prefect import flow, get_run_logger, task
from prefect.context import get_run_context
from prefect.states import Completed, Failed
from report import report


@task(task_run_name="raises", retries=1)
def raises() -> None:
    raise ValueError("quotes ' and \"double\", a line\nbreak, and ünïcode")


@task(task_run_name="slow", timeout_seconds=0.2)
def slow() -> None:
    for _ in range(100):
        time.sleep(0.05)


@task(task_run_name="says-failed")
def says_failed():
    return Failed(message="on purpose", name="Rejected by us")


@task(task_run_name="says-done")
def says_done():
    return Completed(message="nothing to do", name="Skipped")


@task(task_run_name="downstream")
def downstream(value: object) -> None:
    return None


@flow(name="failures", flow_run_name="failures-run")
def failures() -> None:
    ids["failures"] = get_run_context().flow_run.id
    states = [raises(return_state=True), slow(return_state=True), says_failed(return_state=True), says_done(return_state=True)]
    downstream.submit(states[0]).wait()
    get_run_logger().error("%d of %d failed", sum(state.is_failed() for state in states), len(states))
    states[0].result()


@flow(name="second-attempt", flow_run_name="second-attempt-run", retries=1)
def second_attempt() -> str:
    run = get_run_context().flow_run
    ids["second_attempt"] = run.id
    if run.run_count < 2:
        raise RuntimeError("the first attempt fails")
    return "fine"


@flow(name="out-of-time", flow_run_name="out-of-time-run", timeout_seconds=0.3)
def out_of_time() -> None:
    ids["out_of_time"] = get_run_context().flow_run.id
    for _ in range(100):
        time.sleep(0.05)


@flow(name="wrong-parameters", flow_run_name="wrong-parameters-run")
def wrong_parameters(count: int) -> None:
    return None


ids: dict[str, object] = {}

if __name__ == "__main__":
    for run in (failures, second_attempt, out_of_time):
        run(return_state=True)
    wrong_parameters("many", return_state=True)
    report(**ids, task_runs=5)
