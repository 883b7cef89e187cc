"""The rules of set_state as the Python client meets them: each proposal with the answer it got."""

from datetime import timedelta
from uuid import uuid4

from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import State, StateDetails
from prefect.states import (
    Cancelled,
    Cancelling,
    Completed,
    Crashed,
    Failed,
    Late,
    Paused,
    Pending,
    Running,
    Scheduled,
    Suspended,
)
from prefect.types._datetime import now
from report import report


@flow(name="orchestrated")
def orchestrated() -> None:
    return None


def marked(state: State, transition_id: object) -> State:
    return state.model_copy(update={"state_details": StateDetails(transition_id=transition_id)})


def walk(client: SyncPrefectClient, steps: list, **create: object) -> list:
    """Proposes one state after the other to a new flow run; a pair forces its state."""
    run = client.create_flow_run(orchestrated, name="orchestrated-run", **create)
    answers = []
    for step in steps:
        state, force = step if isinstance(step, tuple) else (step, False)
        answer = client.set_flow_run_state(run.id, state, force=force)
        found = client.read_flow_run(run.id)
        details = answer.details.model_dump(mode="json")
        if "delay_seconds" in details:
            details["delay_seconds"] = round(details["delay_seconds"] / 60) * 60
        answers.append(
            {
                "proposed": state.name,
                "status": answer.status.value,
                "details": details,
                "answered": answer.state and answer.state.name,
                "now": found.state and found.state.name,
                "run_count": found.run_count,
                "policy": found.empirical_policy.model_dump(mode="json"),
            }
        )
    return answers


def main() -> None:
    again = uuid4()
    tomorrow = now("UTC") + timedelta(days=1)
    retried = flow(name="orchestrated", retries=1, retry_delay_seconds=0)(orchestrated.fn)
    with get_client(sync_client=True) as client:
        findings = {
            "the usual life": walk(client, [Pending(), Running(), Completed()]),
            "pending twice": walk(client, [Pending(), Pending(), Pending(name="Submitting"), Pending(name="Submitting")]),
            "running again": walk(client, [Pending(), Running(), Running(), Pending()]),
            "one transition id twice": walk(client, [marked(Pending(), again), marked(Running(), again), Running()]),
            "out of a final state": walk(client, [Completed(), Running(), Completed(), Crashed(), Cancelling(), Scheduled()]),
            "failed and again": walk(client, [Failed(), Running(), Pending(), Failed(), Paused(), Cancelled()]),
            "by force": walk(client, [Completed(), (Running(), True), (Pending(), True), (Scheduled(), True)]),
            "due": walk(client, [Scheduled(scheduled_time=now("UTC") - timedelta(days=1)), Pending(), Running()]),
            "too early": walk(client, [Scheduled(scheduled_time=tomorrow), Pending(), Running()]),
            "late": walk(client, [Late(scheduled_time=now("UTC")), Late(), Pending(), Late()]),
            "cancelling": walk(client, [Running(), Cancelling(), Running(), Cancelling(), Cancelled(), Running()]),
            "cancelled while scheduled": walk(client, [Cancelling()], state=Scheduled()),
            "paused": walk(
                client,
                [Paused(timeout_seconds=60), Running(), Paused(timeout_seconds=60, pause_key="k"), Pending(), Running()]
                + [Paused(timeout_seconds=60, pause_key="k"), Suspended(timeout_seconds=60), Completed()],
            ),
            "a pause that is over": walk(client, [Running(), Paused(pause_expiration_time=now("UTC")), Running()]),
            "retried": walk_retried(client, retried),
        }
    report(**findings)


def walk_retried(client: SyncPrefectClient, retried: object) -> list:
    run = client.create_flow_run(retried, name="retried-run")
    answers = []
    for state in [Running(), Failed(message="one"), Running(), Failed(message="two")]:
        answer = client.set_flow_run_state(run.id, state)
        answers.append([answer.status.value, answer.state.name, answer.state.message, answer.details.model_dump(mode="json")])
    return answers


if __name__ == "__main__":
    main()
