import { expect, test } from "vitest";
import { Subscription } from "./subscription.ts";

function aSource() {
  const listeners = new Set<(items: readonly number[]) => void>();
  return {
    listeners,
    publish: (...items: number[]) => listeners.forEach((listener) => void listener(items)),
    listen(listener: (items: readonly number[]) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

test("items that match arrive in order, whether somebody waits or not", async () => {
  const source = aSource();
  const subscription = new Subscription(source.listen, (item) => item % 2 === 0);
  source.publish(1, 2, 3, 4);
  expect(await subscription.next()).toEqual([2, 4]);
  const next = subscription.next();
  source.publish(5);
  source.publish(6);
  expect(await next).toEqual([6]);
});

test("a subscriber that is too slow gets what is queued, then the end, and nothing is skipped", async () => {
  const source = aSource();
  const subscription = new Subscription(source.listen, () => true, 3);
  source.publish(1, 2, 3);
  expect(subscription.hasOverflowed).toBe(false);
  source.publish(4, 5);
  expect(subscription.hasOverflowed).toBe(true);
  expect(source.listeners.size).toBe(0);
  expect(await subscription.next()).toEqual([1, 2, 3]);
  expect(await subscription.next()).toBeUndefined();
});

test("the end wakes who waits and lets the source go", async () => {
  const source = aSource();
  const subscription = new Subscription(source.listen, () => true);
  const next = subscription.next();
  subscription.end();
  expect(await next).toBeUndefined();
  expect(source.listeners.size).toBe(0);
});
