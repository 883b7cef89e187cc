"""Every kind of artifact, from a flow and from a task; a progress that moves and a key that is used twice."""

from prefect import flow, task
from prefect.artifacts import (
    create_image_artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.context import get_run_context
from report import report


@task(task_run_name="writes-artifacts")
def writes_artifacts() -> None:
    create_table_artifact(table=[{"name": "ü", "score": 1.0}, {"name": None, "score": 2**70}], key="scores")
    create_table_artifact(table={"columns": [1, 2]}, key="columns", description="by column")
    progress = create_progress_artifact(progress=0.0, key="moves")
    update_progress_artifact(artifact_id=progress, progress=62.5, description="on its way")


@flow(name="artifacts", flow_run_name="artifacts-run")
def artifacts() -> None:
    create_markdown_artifact(markdown="# One", key="report", description="the first")
    create_markdown_artifact(markdown="# Two", key="report", description="the second")
    create_link_artifact(link="https://example.com/a?b=c", link_text="a page", key="page")
    create_image_artifact(image_url="https://example.com/a.png", key="picture")
    create_markdown_artifact(markdown="no key")
    writes_artifacts()
    report(flow_run_id=get_run_context().flow_run.id, task_runs=1)


if __name__ == "__main__":
    artifacts()
