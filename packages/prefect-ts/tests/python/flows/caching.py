"""A task whose result is kept by its inputs: the second run does not run it again."""

from datetime import timedelta

from prefect import flow, task
from prefect.context import get_run_context
from prefect.tasks import task_input_hash
from report import report

ids: list[object] = []


@task(task_run_name="expensive-{n}", cache_key_fn=task_input_hash, cache_expiration=timedelta(hours=1), persist_result=True)
def expensive(n: int) -> int:
    return n * 2


@task(task_run_name="by-key", cache_key_fn=lambda context, arguments: "one-key", persist_result=True, refresh_cache=True)
def refreshed() -> str:
    return "fresh"


@flow(name="caching", flow_run_name="caching-run", persist_result=True)
def caching() -> int:
    ids.append(get_run_context().flow_run.id)
    refreshed()
    return expensive(21)


if __name__ == "__main__":
    assert caching() == caching() == 42
    report(first=ids[0], second=ids[1], task_runs=2)
