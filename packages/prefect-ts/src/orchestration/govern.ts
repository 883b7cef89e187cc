import type { Instant } from "../domain/instant.ts";
import type { SetStateStatus, StateResponseDetails } from "../domain/orchestration.ts";
import type { StateDetails, StateType } from "../domain/states.ts";
import { type AnyRun, type Decided, type Decision, type Intended, proceed, type Rule, type RunState } from "./rule.ts";
import { newRunState } from "./run-state.ts";
import { enterState } from "./transforms/enter-state.ts";
import type { Transform } from "./transforms/transform.ts";

/**
 * How rules govern a transition.
 *
 * Each rule of the policy that knows the intended transition is asked in turn. It may let the proposal pass, put
 * another state in its place, or leave the run without a new one; the rules below see what it has left, and one that no
 * longer finds the transition it was chosen for is passed over. Once the state is written they are called again in
 * reverse order: `after` for a rule whose transition is what happened, `undone` for one whose transition a rule below
 * has changed. Universal rules have no transition of their own: they see each state that is written.
 *
 * A rule that throws ends the transition: the transaction is rolled back, and with it all that the rules have done.
 */

type Subject<Run> = Omit<Intended<Run>, "proposed" | "run">;

interface Entry<Run> {
  readonly rule: Rule<Run>;
  /** Where the run goes as this rule has left it. */
  readonly to: StateType | null;
  readonly memo: string | undefined;
}

export interface Verdict {
  readonly status: SetStateStatus;
  readonly details: StateResponseDetails;
  /** The rule that had the last word on a proposal that was not accepted. */
  readonly rule: string | null;
}

const ACCEPTED: Verdict = { status: "ACCEPT", details: { type: "accept_details" }, rule: null };

/** One transition on its way through the rules. */
export class Governance<Run extends AnyRun> {
  /** A copy of the run that the rules and transforms change. */
  readonly run: Run;
  proposed: RunState | null;
  verdict: Verdict = ACCEPTED;
  readonly #subject: Subject<Run>;
  readonly #entries: Entry<Run>[] = [];

  constructor(run: Run, proposed: RunState, subject: Subject<Run>) {
    this.run = { ...run };
    this.proposed = proposed;
    this.#subject = subject;
  }

  /** Asks the rules. */
  async enter(policy: readonly Rule<Run>[]): Promise<void> {
    const intended = this.proposed?.type ?? null;
    for (const rule of rulesFor(policy, this.#subject.initial?.type ?? null, intended)) {
      const { proposed } = this;
      if (proposed === null && !rule.isUniversal) continue;
      if (!rule.isUniversal && proposed?.type !== intended) continue;
      const decision = proposed === null ? proceed<Run>() : await this.#ask(rule, proposed);
      const memo = decision.kind === "proceed" ? decision.memo : undefined;
      this.#entries.push({ rule, to: this.#apply(rule, decision, intended), memo });
    }
  }

  get initial(): RunState | null {
    return this.#subject.initial;
  }

  /**
   * Lets the run enter the state that was decided on: the transforms keep its books. Null when it stays where it is.
   * No two states of a run have the same time, and their times are in the order they were entered, whatever the clock.
   */
  settle(transforms: readonly Transform<Run>[], details: StateDetails): RunState | null {
    if (this.proposed === null) return null;
    const { timestamp } = this.proposed;
    const earliest = this.run.state_timestamp === null ? timestamp : this.run.state_timestamp + 1;
    this.proposed = {
      ...this.proposed,
      timestamp: Math.max(timestamp, earliest) as Instant,
      details: { ...this.proposed.details, ...details },
    };
    enterState(transforms, this.run, this.initial, this.proposed);
    return this.proposed;
  }

  /** Calls the rules back, the last one first. `validated` is the state the run is in now. */
  async exit(validated: RunState | null): Promise<void> {
    const { proposed } = this;
    const happened = proposed?.type ?? null;
    for (const { rule, to, memo } of this.#entries.reverse()) {
      const hook = hookFor(rule, to, happened);
      if (hook === undefined) continue;
      const { status } = this.verdict;
      const decided: Decided<Run> = { ...this.#subject, run: this.run, proposed, status, validated, memo };
      const changes = await hook(decided);
      if (changes !== undefined) Object.assign(this.run, changes);
    }
  }

  async #ask(rule: Rule<Run>, proposed: RunState): Promise<Decision<Run>> {
    if (rule.before === undefined) return proceed<Run>();
    const answer = rule.before({ ...this.#subject, run: this.run, proposed });
    return answer instanceof Promise ? await answer : answer;
  }

  /** Carries out a decision; answers where the run goes now, as far as this rule is concerned. */
  #apply(rule: Rule<Run>, decision: Decision<Run>, intended: StateType | null): StateType | null {
    if ("run" in decision && decision.run !== undefined) Object.assign(this.run, decision.run);
    switch (decision.kind) {
      case "proceed":
        if (this.proposed !== null && decision.state !== undefined) {
          const { name = this.proposed.name, details } = decision.state;
          this.proposed = { ...this.proposed, name, details: { ...this.proposed.details, ...details } };
        }
        return intended;
      case "reject":
        this.proposed = decision.state === null ? null : newRunState(decision.state, this.#subject.now);
        this.#refuse(rule, "REJECT", { type: "reject_details", reason: decision.reason });
        break;
      case "abort":
        this.proposed = null;
        this.#refuse(rule, "ABORT", { type: "abort_details", reason: decision.reason });
        break;
      case "wait":
        this.proposed = null;
        this.#refuse(rule, "WAIT", {
          type: "wait_details",
          delay_seconds: decision.delaySeconds,
          reason: decision.reason,
        });
        break;
    }
    return this.proposed?.type ?? null;
  }

  #refuse(rule: Rule<Run>, status: SetStateStatus, details: StateResponseDetails): void {
    this.verdict = { status, details, rule: rule.name };
  }
}

function hookFor<Run>(rule: Rule<Run>, to: StateType | null, happened: StateType | null) {
  if (rule.isUniversal) return happened === null ? undefined : rule.after;
  // A rule that sent the run where it has no say itself has nothing more to do.
  if (!rule.to.has(to)) return undefined;
  return to === happened ? rule.after : rule.undone;
}

const chosen = new WeakMap<object, Map<string, unknown>>();

/** The rules of a policy that know a transition; the choice is made once per policy and transition. */
function rulesFor<Run>(
  policy: readonly Rule<Run>[],
  from: StateType | null,
  to: StateType | null,
): readonly Rule<Run>[] {
  const choices = (chosen.get(policy) ?? new Map()) as Map<string, readonly Rule<Run>[]>;
  chosen.set(policy, choices);
  const key = `${from}>${to}`;
  const known = choices.get(key);
  if (known !== undefined) return known;
  const rules = policy.filter((rule) => rule.isUniversal || (rule.from.has(from) && rule.to.has(to)));
  choices.set(key, rules);
  return rules;
}
