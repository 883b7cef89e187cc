import { describe, expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import { addSeconds, type Instant } from "../../domain/instant.ts";
import type { StateCreate, StateType } from "../../domain/states.ts";
import { deleteLease, updateLeaseExpiration } from "../../storage/queries/concurrency-leases.ts";
import { insertConcurrencyLimit } from "../../storage/queries/concurrency-limits.ts";
import { listActiveSlots } from "../../storage/queries/concurrency-slots.ts";
import type { ConcurrencyLimitRow, DeploymentRow } from "../../storage/tables.ts";
import { aFlowRun, describeEachDatabase, type Given, NOON } from "../../testing/databases.ts";
import { markLatePolicy } from "../policies.ts";
import { insertFlowRunInState, type Outcome, proposeFlowRunState } from "../transition.ts";

/** The rules that take, keep and free the slots of a deployment, over whole transitions. */

const CLIENT = "3.8.8";

async function aDeployment(given: Given, slots: number, options: object | null = null) {
  const id = newId();
  const common = { id, created: NOON, updated: NOON, name: `deployment:${id}` };
  const limit: ConcurrencyLimitRow = {
    ...common,
    active: 1,
    limit: slots,
    slot_decay_per_second: 0,
    avg_slot_occupancy_seconds: 2,
    denied_slots: 0,
    denied_at: NOON,
  };
  const flow = await given.flow();
  const deployment: DeploymentRow = {
    ...common,
    flow_id: flow.id,
    version: null,
    description: null,
    paused: 0,
    tags: "[]",
    labels: "{}",
    concurrency_limit_id: limit.id,
    concurrency_options: options === null ? null : JSON.stringify(options),
    parameters: "{}",
    parameter_openapi_schema: null,
    enforce_parameter_schema: 0,
    job_variables: "{}",
    pull_steps: null,
    path: null,
    entrypoint: null,
    storage_document_id: null,
    infrastructure_document_id: null,
    work_queue_id: null,
    work_queue_name: null,
    last_polled: null,
    status: "NOT_READY",
    created_by: null,
    updated_by: null,
  };
  await given.db.write(async (tx) => {
    await insertConcurrencyLimit(tx, limit);
    await tx.insert("deployment", [deployment]);
  });
  return {
    deployment,
    taken: async (now: Instant = NOON) => (await listActiveSlots(given.db, [limit], now)).get(limit.id),
    async run() {
      const run = aFlowRun({ flow_id: flow.id, deployment_id: deployment.id });
      await given.db.write((tx) => insertFlowRunInState(tx, { run, proposed: { type: "SCHEDULED" }, now: NOON }));
      return run.id;
    },
  };
}

interface How {
  readonly now?: Instant;
  readonly clientVersion?: string;
  readonly force?: boolean;
}

function propose(given: Given, id: string, to: StateType | StateCreate, how: How = {}): Promise<Outcome> {
  const proposed = typeof to === "string" ? { type: to } : to;
  return given.db.write((tx) => proposeFlowRunState(tx, { id, proposed, now: NOON, clientVersion: CLIENT, ...how }));
}

function leaseOf(outcome: Outcome): string | null {
  return JSON.parse(outcome.state?.state_details ?? "{}").deployment_concurrency_lease_id;
}

describeEachDatabase("slots of a deployment", (given) => {
  describe("on the way to PENDING", () => {
    test("are taken by as many of many runs as there are", async () => {
      const { run, taken } = await aDeployment(given, 2);
      const ids = await Promise.all([run(), run(), run(), run(), run()]);
      const outcomes = await Promise.all(ids.map((id) => propose(given, id, "PENDING")));
      expect(outcomes.filter((outcome) => outcome.status === "ACCEPT")).toHaveLength(2);
      expect(await taken()).toBe(2);
      const refused = outcomes.find((outcome) => outcome.status === "REJECT");
      expect(refused).toMatchObject({
        rule: "secure-deployment-slot",
        run: { state_name: "AwaitingConcurrencySlot", next_scheduled_start_time: addSeconds(NOON, 30) },
      });
    });

    test.each([
      { slots: 1, options: { collision_strategy: "CANCEL_NEW" }, status: "REJECT", name: "Cancelled" },
      { slots: 1, options: { collision_strategy: "ENQUEUE" }, status: "REJECT", name: "AwaitingConcurrencySlot" },
      { slots: 0, options: null, status: "ABORT", name: "Scheduled" },
    ])("none left of $slots under $options: $name", async ({ slots, options, status, name }) => {
      const { run } = await aDeployment(given, slots, options);
      if (slots > 0) await propose(given, await run(), "PENDING");
      expect(await propose(given, await run(), "PENDING")).toMatchObject({ status, state: { name } });
    });

    test("are not taken for workers that take them themselves", async () => {
      const { run, taken } = await aDeployment(given, 1);
      expect(await propose(given, await run(), "PENDING", { clientVersion: "3.0.2" })).toMatchObject({
        status: "ACCEPT",
      });
      expect(await taken()).toBe(0);
    });
  });

  describe("while the run is at work", () => {
    test("stay taken over every refinement, and are freed once it ends", async () => {
      const { run, taken } = await aDeployment(given, 1);
      const id = await run();
      const lease = leaseOf(await propose(given, id, "PENDING"));
      expect(lease).not.toBeNull();
      const details = { deployment_concurrency_lease_id: null };
      for (const to of [{ type: "PENDING", name: "Submitting" } as const, { type: "RUNNING" } as const]) {
        expect(leaseOf(await propose(given, id, { ...to, state_details: details }))).toBe(lease);
        expect(await taken()).toBe(1);
      }
      await propose(given, id, "COMPLETED");
      expect(await taken()).toBe(0);
      expect((await propose(given, await run(), "PENDING")).status).toBe("ACCEPT");
    });

    test.each([
      { to: { type: "CANCELLING" }, taken: 1 },
      { to: { type: "FAILED" }, taken: 0 },
      { to: { type: "CRASHED" }, taken: 0 },
      { to: { type: "PAUSED", state_details: { pause_reschedule: true } }, taken: 0 },
      { to: { type: "SCHEDULED", name: "AwaitingRetry" }, taken: 0 },
    ] as const)("$to leaves $taken taken", async ({ to, taken: left }) => {
      const { run, taken } = await aDeployment(given, 1);
      const id = await run();
      await propose(given, id, "PENDING");
      await propose(given, id, "RUNNING");
      expect((await propose(given, id, to)).status).toBe("ACCEPT");
      expect(await taken()).toBe(left);
    });

    test("are kept over the delay of a retry in the same process", async () => {
      const { run, taken } = await aDeployment(given, 1);
      const id = await run();
      const lease = leaseOf(await propose(given, id, "PENDING"));
      await propose(given, id, "RUNNING");
      const policy = '{"retries":1}';
      const sql = "UPDATE flow_run SET empirical_policy = ? WHERE id = ?";
      await given.db.write((tx) => tx.run({ sql, parameters: [policy, id] }));
      const retry = await propose(given, id, "FAILED");
      expect([retry.state?.name, leaseOf(retry), await taken()]).toEqual(["AwaitingRetry", lease, 1]);
      expect(leaseOf(await propose(given, id, "RUNNING"))).toBe(lease);
      await propose(given, id, "FAILED");
      expect(await taken()).toBe(0);
    });

    test("are freed when a run is cancelled between two attempts", async () => {
      const { run, taken } = await aDeployment(given, 1);
      const id = await run();
      await propose(given, id, "PENDING");
      await propose(given, id, "RUNNING");
      const sql = "UPDATE flow_run SET empirical_policy = ? WHERE id = ?";
      await given.db.write((tx) => tx.run({ sql, parameters: ['{"retries":1}', id] }));
      await propose(given, id, "FAILED");
      await propose(given, id, "CANCELLING");
      expect(await taken()).toBe(0);
    });

    test("are freed when a forced state has lost the lease, and nobody else's are", async () => {
      const { run, taken } = await aDeployment(given, 3);
      const ids = [await run(), await run(), await run()] as const;
      for (const id of ids.slice(0, 2)) await propose(given, id, "PENDING");
      await propose(given, ids[0], "RUNNING", { force: true });
      await propose(given, ids[0], "FAILED");
      expect(await taken()).toBe(1);
      await propose(given, ids[2], "RUNNING");
      await propose(given, ids[2], "FAILED");
      expect(await taken()).toBe(1);
    });

    test("are held without end for a client that renews no lease, until the run ends", async () => {
      const { run, taken } = await aDeployment(given, 1);
      const id = await run();
      const old = { clientVersion: "3.4.10" };
      await propose(given, id, "PENDING", old);
      await propose(given, id, "RUNNING", old);
      const muchLater = addSeconds(NOON, 1e6);
      expect((await propose(given, await run(), "PENDING", { now: muchLater })).status).toBe("REJECT");
      await propose(given, id, "COMPLETED", { ...old, now: muchLater });
      expect(await taken(muchLater)).toBe(0);
    });
  });

  describe("whose lease ran out while infrastructure started", () => {
    test("are taken anew when one is free", async () => {
      const { run, taken } = await aDeployment(given, 1);
      const id = await run();
      const lease = leaseOf(await propose(given, id, "PENDING")) ?? "";
      await given.db.write((tx) => deleteLease(tx, { id: lease, now: NOON }));
      const started = await propose(given, id, "RUNNING");
      expect(started.status).toBe("ACCEPT");
      expect(leaseOf(started)).not.toBe(lease);
      expect(await taken()).toBe(1);
    });

    test("are lost when another run has got them", async () => {
      const { run, taken } = await aDeployment(given, 1, { collision_strategy: "ENQUEUE", grace_period_seconds: 60 });
      const [slow, quick] = [await run(), await run()];
      await propose(given, slow, "PENDING");
      const later = addSeconds(NOON, 61);
      expect((await propose(given, quick, "PENDING", { now: later })).status).toBe("ACCEPT");
      const lost = await propose(given, slow, "RUNNING", { now: later });
      expect(lost).toMatchObject({ status: "REJECT", rule: "validate-deployment-slot", state: { type: "CANCELLED" } });
      expect(await taken(later)).toBe(1);
    });

    test("are kept by a run that is renewed in time", async () => {
      const { run } = await aDeployment(given, 1, { collision_strategy: "ENQUEUE", grace_period_seconds: 60 });
      const id = await run();
      const lease = leaseOf(await propose(given, id, "PENDING")) ?? "";
      await propose(given, id, "RUNNING", { now: addSeconds(NOON, 50) });
      expect((await propose(given, await run(), "PENDING", { now: addSeconds(NOON, 100) })).status).toBe("REJECT");
      expect(await given.db.write((tx) => updateLeaseExpiration(tx, lease, addSeconds(NOON, 900)))).toBe(true);
    });
  });

  describe("for runs that are late", () => {
    const late = { type: "SCHEDULED", name: "Late" } as const;
    const markLate = (id: string) =>
      given.db.write((tx) => proposeFlowRunState(tx, { id, proposed: late, now: NOON, policy: markLatePolicy }));

    test.each([
      { strategy: "CANCEL_NEW", isTaken: true, name: "Cancelled" },
      { strategy: "CANCEL_NEW", isTaken: false, name: "Late" },
      { strategy: "ENQUEUE", isTaken: true, name: "Late" },
    ])("$strategy, slot taken: $isTaken: $name", async ({ strategy, isTaken, name }) => {
      const { run } = await aDeployment(given, 1, { collision_strategy: strategy });
      if (isTaken) await propose(given, await run(), "PENDING");
      expect((await markLate(await run())).state?.name).toBe(name);
    });
  });

  test("are free in the end whatever happens to the runs", async () => {
    const { run, taken } = await aDeployment(given, 3);
    const ids = await Promise.all(Array.from({ length: 6 }, run));
    await Promise.all(
      ids.map(async (id) => {
        await propose(given, id, "PENDING");
        await propose(given, id, "RUNNING");
        await given.db.write((tx) =>
          proposeFlowRunState(tx, { id, proposed: { type: "CRASHED" }, now: NOON, force: true }),
        );
      }),
    );
    expect(await taken()).toBe(0);
  });
});
