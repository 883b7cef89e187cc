"""Task-run events sent twice, out of order and over two connections: the record is that of one clean run."""

import asyncio
import os
from datetime import timedelta
from uuid import uuid4

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.events.clients import PrefectEventsClient
from prefect.events.schemas.events import Event, RelatedResource, Resource
from prefect.states import Running
from prefect.types._datetime import now
from report import report

STATES = [("PENDING", "Pending"), ("RUNNING", "Running"), ("COMPLETED", "Completed")]


@flow(name="replayed")
def replayed() -> None:
    return None


def life(flow_run_id: object, name: str) -> list[Event]:
    """The three events of a task run, as an engine sends them."""
    run, events, start = uuid4(), [], now("UTC")
    for index, (kind, state) in enumerate(STATES):
        occurred = start + timedelta(seconds=index)
        task_run = {
            "name": name,
            "task_key": name,
            "dynamic_key": name,
            "run_count": min(index, 1),
            "tags": ["replayed"],
            "labels": {"prefect.flow-run.id": str(flow_run_id)},
            "expected_start_time": start.isoformat(),
            "task_inputs": {"x": [{"input_type": "constant", "type": "int"}]},
        }
        if index > 0:
            task_run["start_time"] = (start + timedelta(seconds=1)).isoformat()
        if index == 2:
            task_run |= {"end_time": occurred.isoformat(), "total_run_time": 1.0}
        before = STATES[index - 1] if index else None
        events.append(
            Event(
                id=uuid4(),
                occurred=occurred,
                event=f"prefect.task-run.{state}",
                resource=Resource(
                    {
                        "prefect.resource.id": f"prefect.task-run.{run}",
                        "prefect.resource.name": name,
                        "prefect.run-count": str(min(index, 1)),
                        "prefect.state-message": f"message {index}",
                        "prefect.state-type": kind,
                        "prefect.state-name": state,
                        "prefect.state-timestamp": occurred.isoformat(),
                        "prefect.orchestration": "client",
                    }
                ),
                related=[
                    RelatedResource(
                        {"prefect.resource.id": f"prefect.flow-run.{flow_run_id}", "prefect.resource.role": "flow-run"}
                    )
                ],
                payload={
                    "intended": {"from": before and before[0], "to": kind},
                    "initial_state": before
                    and {"type": before[0], "name": before[1], "message": "", "state_details": {}},
                    "validated_state": {
                        "type": kind,
                        "name": state,
                        "message": f"message {index}",
                        "state_details": {"pause_reschedule": False},
                        "data": None,
                    },
                    "task_run": task_run,
                },
            )
        )
    return events


async def send(events: list[Event]) -> None:
    async with PrefectEventsClient(api_url=os.environ["PREFECT_API_URL"]) as client:
        for event in events:
            await client.emit(event)


async def main() -> None:
    async with get_client() as client:
        run = await client.create_flow_run(replayed, name="replayed-run", state=Running())
    usual, reversed_, twice, apart = (life(run.id, name) for name in ("usual", "reversed", "twice", "apart"))
    await send(usual)
    await send(reversed_[::-1])
    await send([event for event in twice for _ in range(2)])
    await asyncio.gather(send(apart[:2]), send(apart[1:]))
    await send(usual + twice)
    report(flow_run_id=run.id, task_runs=4)


if __name__ == "__main__":
    asyncio.run(main())
