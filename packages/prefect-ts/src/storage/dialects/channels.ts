import type { ChannelName, Channels, Transaction } from "../database.ts";

type Listener = (payload: never) => void;

/** The listeners of one database in this process. */
export class ChannelHub {
  readonly #listeners = new Map<ChannelName, Set<Listener>>();

  listen<Name extends ChannelName>(channel: Name, listener: (payload: Channels[Name]) => void): () => void {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  publish<Name extends ChannelName>(channel: Name, payload: Channels[Name]): void {
    for (const listener of this.#listeners.get(channel) ?? []) (listener as (payload: Channels[Name]) => void)(payload);
  }
}

/** What a transaction has to do once it is committed. */
export class CommitHooks {
  readonly #callbacks: (() => void)[] = [];
  readonly #hub: ChannelHub;

  constructor(hub: ChannelHub) {
    this.#hub = hub;
  }

  methods(): Pick<Transaction, "afterCommit" | "notify"> {
    return {
      afterCommit: (callback) => {
        this.#callbacks.push(callback);
      },
      notify: (channel, payload) => {
        this.#callbacks.push(() => this.#hub.publish(channel, payload));
      },
    };
  }

  run(): void {
    for (const callback of this.#callbacks) callback();
  }
}
