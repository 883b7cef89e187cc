// @vitest-environment jsdom
import { cleanup, fireEvent, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useHotkeys } from "./hotkeys.ts";

afterEach(cleanup);

function setUp(page = "") {
  document.body.innerHTML = page;
  const actions = { j: vi.fn(), Enter: vi.fn(), "g r": vi.fn() };
  renderHook(() => useHotkeys(actions));
  return actions;
}

const element = (selector: string) => document.querySelector(selector) ?? document.body;

test("a key acts, two in a row act together", () => {
  const actions = setUp();
  fireEvent.keyDown(document.body, { key: "j" });
  fireEvent.keyDown(document.body, { key: "g" });
  fireEvent.keyDown(document.body, { key: "r" });
  expect(actions.j).toHaveBeenCalledTimes(1);
  expect(actions["g r"]).toHaveBeenCalledTimes(1);
});

test("keys with Ctrl, Alt or Meta are the browser's", () => {
  const actions = setUp();
  for (const modifier of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
    fireEvent.keyDown(document.body, { key: "j", ...modifier });
  }
  expect(actions.j).not.toHaveBeenCalled();
});

test("whoever types, types", () => {
  const actions = setUp("<input>");
  fireEvent.keyDown(element("input"), { key: "j" });
  expect(actions.j).not.toHaveBeenCalled();
});

test("Enter on a button presses the button; elsewhere it is the page's", () => {
  const actions = setUp("<button>Go</button>");
  fireEvent.keyDown(element("button"), { key: "Enter" });
  expect(actions.Enter).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "Enter" });
  expect(actions.Enter).toHaveBeenCalledTimes(1);
});

test("an open dialog has the keys to itself", () => {
  const actions = setUp("<div role=dialog></div>");
  fireEvent.keyDown(document.body, { key: "j" });
  expect(actions.j).not.toHaveBeenCalled();
});
