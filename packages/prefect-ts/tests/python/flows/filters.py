"""Every kind of filter and sort of the Python client, over a small world that the script makes itself."""

from datetime import timedelta

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas import filters as f
from prefect.client.schemas import sorting as s
from prefect.client.schemas.objects import StateType
from prefect.states import Completed, Failed, Late, Running, Scheduled
from prefect.types._datetime import now
from report import report

world = "filtered"
start = now("UTC")


@task(name="step", task_run_name="step-{n}", tags=["work"])
def step(n: int) -> int:
    if n == 3:
        raise ValueError("three")
    return n


@flow(name=f"{world}-alpha")
def alpha(n: int) -> None:
    create_markdown_artifact(f"# {n}", key="note", description=f"note {n}")
    for i in range(n):
        step(i + 1, return_state=True)


@flow(name=f"{world}-beta")
def beta() -> None:
    create_table_artifact([{"a": 1}], key="table")


@flow(name=f"{world}-parent")
def parent() -> None:
    beta.with_options(flow_run_name="child")()


def make_world(client: SyncPrefectClient) -> None:
    for n in (1, 2, 3):
        alpha.with_options(flow_run_name=f"alpha-{n}")(n)
    parent.with_options(flow_run_name="mother")()
    tomorrow = start + timedelta(days=1)
    client.create_flow_run(beta, name="soon", state=Scheduled(scheduled_time=tomorrow), tags=["red", "blue"])
    for name in ("late", "late again"):  # one key, so the second is the first
        late = Late(scheduled_time=start).model_dump(mode="json", include={"type", "name", "state_details"})
        body = {"flow_id": str(client.create_flow(beta)), "name": name, "state": late, "tags": ["red"]}
        client.request("POST", "/flow_runs/", json=body | {"idempotency_key": f"{world}-k"})
    client.create_flow_run(beta, name="broken", state=Failed(message="x"), tags=["100%", "_"])
    client.create_flow_run(alpha, name="runs", parameters={"n": 0}, state=Running())
    client.create_flow_run(alpha, name="odd_name%", parameters={"n": 0}, state=Completed(name="Skipped"))


def flow_run_queries() -> dict[str, f.FlowRunFilter]:
    run, state = f.FlowRunFilter, f.FlowRunFilterState
    types = lambda **kw: run(state=state(type=f.FlowRunFilterStateType(**kw)))  # noqa: E731
    names = lambda **kw: run(state=state(name=f.FlowRunFilterStateName(**kw)))  # noqa: E731
    return {
        "all": run(),
        "name any": run(name=f.FlowRunFilterName(any_=["soon", "late"])),
        "name like": run(name=f.FlowRunFilterName(like_="ALPHA")),
        "name like wildcard": run(name=f.FlowRunFilterName(like_="_")),
        "name like percent": run(name=f.FlowRunFilterName(like_="%")),
        "type any": types(any_=[StateType.SCHEDULED, StateType.FAILED]),
        "type not any": types(not_any_=[StateType.COMPLETED]),
        "state name any": names(any_=["Late", "Skipped"]),
        "state name not any": names(not_any_=["Completed", "Late"]),
        "tags all": run(tags=f.FlowRunFilterTags(all_=["red", "blue"])),
        "tags all one": run(tags=f.FlowRunFilterTags(all_=["red"])),
        "tags any": run(tags=f.FlowRunFilterTags(any_=["blue", "100%"])),
        "tags null": run(tags=f.FlowRunFilterTags(is_null_=True)),
        "tags not null": run(tags=f.FlowRunFilterTags(is_null_=False)),
        "no deployment": run(deployment_id=f.FlowRunFilterDeploymentId(is_null_=True)),
        "parent task": run(parent_task_run_id=f.FlowRunFilterParentTaskRunId(is_null_=False)),
        "no start": run(start_time=f.FlowRunFilterStartTime(is_null_=True)),
        "started since": run(start_time=f.FlowRunFilterStartTime(after_=start)),
        "expected before": run(expected_start_time=f.FlowRunFilterExpectedStartTime(before_=start + timedelta(hours=1))),
        "expected after": run(expected_start_time=f.FlowRunFilterExpectedStartTime(after_=start + timedelta(hours=1))),
        "next scheduled": run(next_scheduled_start_time=f.FlowRunFilterNextScheduledStartTime(after_=start)),
        "idempotency": run(idempotency_key=f.FlowRunFilterIdempotencyKey(any_=[f"{world}-k"])),
        "idempotency not": run(idempotency_key=f.FlowRunFilterIdempotencyKey(not_any_=[f"{world}-k"])),
        "version": run(flow_version=f.FlowRunFilterFlowVersion(any_=["no such version"])),
        "or": run(
            operator="or_",
            name=f.FlowRunFilterName(any_=["soon"]),
            tags=f.FlowRunFilterTags(operator="or_", all_=["red"], is_null_=False),
        ),
        "and": run(
            name=f.FlowRunFilterName(like_="a"),
            tags=f.FlowRunFilterTags(is_null_=True),
            state=state(type=f.FlowRunFilterStateType(any_=[StateType.COMPLETED])),
        ),
    }


def flow_runs(client: SyncPrefectClient) -> dict[str, object]:
    ours = f.FlowFilter(name=f.FlowFilterName(like_=world))
    found: dict[str, object] = {}
    for name, query in flow_run_queries().items():
        runs = client.read_flow_runs(flow_filter=ours, flow_run_filter=query, sort=s.FlowRunSort.NAME_ASC)
        found[name] = [run.name for run in runs]
    for sort in (s.FlowRunSort.NAME_DESC, s.FlowRunSort.EXPECTED_START_TIME_ASC, s.FlowRunSort.START_TIME_ASC):
        runs = client.read_flow_runs(flow_filter=ours, sort=sort, flow_run_filter=flow_run_queries()["type not any"])
        found[f"sort {sort.value}"] = sorted(run.name for run in runs) if "TIME" in sort.value else [r.name for r in runs]
    page = client.read_flow_runs(flow_filter=ours, sort=s.FlowRunSort.NAME_ASC, limit=2, offset=3)
    found["page"] = [run.name for run in page]
    tasks = f.TaskRunFilter(name=f.TaskRunFilterName(any_=["step-3"]))
    found["through task runs"] = [r.name for r in client.read_flow_runs(flow_filter=ours, task_run_filter=tasks)]
    return found


def flows(client: SyncPrefectClient) -> dict[str, object]:
    queries = {
        "like": dict(flow_filter=f.FlowFilter(name=f.FlowFilterName(like_=world))),
        "any": dict(flow_filter=f.FlowFilter(name=f.FlowFilterName(any_=[f"{world}-beta", "nothing"]))),
        "through runs": dict(flow_run_filter=f.FlowRunFilter(name=f.FlowRunFilterName(any_=["child", "soon"]))),
        "through tasks": dict(task_run_filter=f.TaskRunFilter(name=f.TaskRunFilterName(any_=["step-2"]))),
    }
    found = {}
    for name, query in queries.items():
        answer = client.read_flows(**query, sort=s.FlowSort.NAME_ASC)
        found[name] = [one.name[len(world) :] for one in answer if one.name.startswith(world)]
    return found


def task_runs(client: SyncPrefectClient) -> dict[str, object]:
    ours = f.FlowFilter(name=f.FlowFilterName(like_=world))
    run, state = f.TaskRunFilter, f.TaskRunFilterState
    queries = {
        "all": run(),
        "name": run(name=f.TaskRunFilterName(any_=["step-1"])),
        "name like": run(name=f.TaskRunFilterName(like_="STEP-")),
        "failed": run(state=state(type=f.TaskRunFilterStateType(any_=[StateType.FAILED]))),
        "state name": run(state=state(name=f.TaskRunFilterStateName(any_=["Completed"]))),
        "subflows": run(subflow_runs=f.TaskRunFilterSubFlowRuns(exists_=True)),
        "no subflows": run(subflow_runs=f.TaskRunFilterSubFlowRuns(exists_=False)),
        "tags": run(tags=f.TaskRunFilterTags(all_=["work"])),
        "no tags": run(tags=f.TaskRunFilterTags(is_null_=True)),
        "started": run(start_time=f.TaskRunFilterStartTime(after_=start)),
        "not started": run(start_time=f.TaskRunFilterStartTime(is_null_=True)),
    }
    found = {}
    for name, query in queries.items():
        runs = client.read_task_runs(flow_filter=ours, task_run_filter=query)
        found[name] = sorted("beta-<key>" if one.name.startswith(f"{world}-beta") else one.name for one in runs)
    two = client.read_task_runs(flow_filter=ours, task_run_filter=queries["name like"], sort=s.TaskRunSort.NAME_DESC, limit=4)
    found["sorted"] = [one.name for one in two]
    return found


def logs(client: SyncPrefectClient) -> dict[str, object]:
    runs = client.read_flow_runs(flow_run_filter=f.FlowRunFilter(name=f.FlowRunFilterName(any_=["alpha-3"])))
    mine = [run.id for run in runs if run.created >= start]
    log, of_run = f.LogFilter, f.LogFilterFlowRunId(any_=mine)
    queries = {
        "all": log(flow_run_id=of_run),
        "errors": log(flow_run_id=of_run, level=f.LogFilterLevel(ge_=40)),
        "at most info": log(flow_run_id=of_run, level=f.LogFilterLevel(le_=20)),
        "since": log(flow_run_id=of_run, timestamp=f.LogFilterTimestamp(after_=start)),
        "before": log(flow_run_id=of_run, timestamp=f.LogFilterTimestamp(before_=start)),
    }
    found = {}
    for name, query in queries.items():
        answer = client.read_logs(query, sort=s.LogSort.TIMESTAMP_ASC)
        found[name] = [[one.level, one.name, one.message.split("\n")[0], one.task_run_id is not None] for one in answer]
    return found


def artifacts(client: SyncPrefectClient) -> dict[str, object]:
    of_world = f.FlowFilter(name=f.FlowFilterName(like_=world))
    kind = f.ArtifactFilter
    queries = {
        "all but results": kind(type=f.ArtifactFilterType(not_any_=["result"])),
        "tables": kind(type=f.ArtifactFilterType(any_=["table"])),
        "key": kind(key=f.ArtifactFilterKey(any_=["note"])),
        "key like": kind(key=f.ArtifactFilterKey(like_="tab")),
        "has a key": kind(key=f.ArtifactFilterKey(exists_=True)),
    }
    found = {}
    for name, query in queries.items():
        answer = client.read_artifacts(flow_run_filter=None, artifact_filter=query, sort=s.ArtifactSort.CREATED_DESC)
        runs = client.read_flow_runs(flow_filter=of_world, limit=200)
        mine = {run.id: run.name for run in runs}
        found[name] = [[a.type, a.key, a.description, mine[a.flow_run_id]] for a in answer if a.flow_run_id in mine]
    return found


def main() -> None:
    with get_client(sync_client=True) as client:
        make_world(client)
        wait_for_task_runs(client, 1 + 2 + 3 + 1)
        report(
            flow_runs=flow_runs(client),
            flows=flows(client),
            task_runs=task_runs(client),
            logs=logs(client),
            artifacts=artifacts(client),
        )


def wait_for_task_runs(client: SyncPrefectClient, count: int) -> None:
    """Task runs are recorded from events, a moment after they have ended."""
    import time

    ours = f.FlowFilter(name=f.FlowFilterName(like_=world))
    for _ in range(300):
        runs = client.read_task_runs(flow_filter=ours)
        if len(runs) >= count and all(run.state and run.state.is_final() for run in runs):
            return
        time.sleep(0.1)
    raise TimeoutError(f"{count} task runs were expected, there are {[run.name for run in runs]}")


if __name__ == "__main__":
    main()
