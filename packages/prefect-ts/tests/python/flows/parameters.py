"""Values that a JSON reader of another language likes to change."""

from prefect import flow, task
from prefect.context import get_run_context
from report import report


@task(task_run_name="takes-it")
def takes_it(value: object) -> None:
    return None


@flow(name="parameters", flow_run_name="parameters-run")
def parameters(whole: float, big: int, small: float, order: dict, text: str, nested: list) -> None:
    takes_it(order)
    report(flow_run_id=get_run_context().flow_run.id, task_runs=1)


if __name__ == "__main__":
    parameters(
        whole=1.0,
        big=2**70,
        small=0.0001,
        order={"z": 1, "a": 2, "10": 3, "9": 4, "": None},
        text='quotes " \\ and \u2028 ünïcode 😀 \t',
        nested=[[], {}, [None, True, 1.50, -0.0]],
    )
