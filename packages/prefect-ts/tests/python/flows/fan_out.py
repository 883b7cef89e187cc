"""submit, map, wait_for and tasks within tasks: many task runs at the same time, with the edges between them."""

from prefect import flow, task, unmapped
from prefect.context import get_run_context
from prefect.task_runners import ThreadPoolTaskRunner
from report import report


@task(task_run_name="numbers")
def numbers(count: int) -> list[int]:
    return list(range(count))


@task(task_run_name="square-{n}")
def square(n: int, plus: int) -> int:
    return n * n + plus


@task(task_run_name="leaf-{name}")
def leaf(name: str) -> str:
    return name


@task(task_run_name="branch")
def branch() -> list[str]:
    return [leaf("a"), leaf("b")]


@task(task_run_name="total")
def total(parts: list[int]) -> int:
    return sum(parts)


@task(task_run_name="afterwards")
def afterwards() -> None:
    return None


@flow(name="fan-out", flow_run_name="fan-out-run", task_runner=ThreadPoolTaskRunner(max_workers=3))
def fan_out() -> int:
    parts = square.map(numbers.submit(6), plus=unmapped(1))
    inner = branch.submit()
    result = total.submit(parts)
    afterwards.submit(wait_for=[inner, result]).wait()
    report(flow_run_id=get_run_context().flow_run.id, task_runs=1 + 6 + 1 + 2 + 1 + 1)
    return result.result()


if __name__ == "__main__":
    assert fan_out() == 61
