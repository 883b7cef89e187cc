"""Three tasks, a retry, a subflow, tags and logs: the flow that everybody writes first."""

from prefect import flow, get_run_logger, tags, task
from prefect.context import get_run_context
from report import report


@task(name="extract", retries=2, retry_delay_seconds=0.1, tags=["source"])
def extract(url: str) -> list[int]:
    attempt = get_run_context().task_run.run_count
    logger = get_run_logger()
    logger.info("Fetching %s", url)
    if attempt < 2:
        raise ConnectionError("the source is away")
    return [3, 1, 2]


@task(name="transform", task_run_name="transform-{factor}")
def transform(items: list[int], factor: int = 10) -> list[int]:
    get_run_logger().warning("Transforming %d items", len(items))
    return [item * factor for item in items]


@task(name="load", task_run_name="load-all", description="Writes the items somewhere.")
def load(items: list[int], total: int) -> str:
    print("printed, not logged")
    return f"{len(items)} items, {total} in total"


@task(name="add", task_run_name="add-up")
def add(items: list[int]) -> int:
    return sum(items)


@flow(name="summary", flow_run_name="summary of {title}", log_prints=True)
def summary(title: str, items: list[int]) -> int:
    print(f"Adding up {title}")
    return add(items)


@flow(name="pipeline", flow_run_name="the-pipeline", version="7", description="Fetch, change, store.", retries=1)
def pipeline(url: str, minimum: float = 0.5, options: dict | None = None) -> str:
    flow_run_id = get_run_context().flow_run.id
    get_run_logger().info("Starting")
    with tags("inner"):
        items = extract(url)
    transformed = transform(items)
    total = summary("numbers", transformed)
    text = load(transformed, total)
    report(flow_run_id=flow_run_id, task_runs=4, subflow_task_runs=1)
    return text


if __name__ == "__main__":
    with tags("etl", "nightly"):
        assert pipeline("https://example.com/items", options={"a": [1, None, "ü"]}) == "3 items, 60 in total"
