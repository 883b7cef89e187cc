// @vitest-environment jsdom
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SearchInput } from "./search-input.tsx";

const PAUSE_MS = 300;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("asks once for a word, not once for a letter", () => {
  const onChange = vi.fn();
  const { getByRole } = render(<SearchInput label="Search" value="" onChange={onChange} />);
  for (const value of ["e", "et", "etl"]) fireEvent.change(getByRole("textbox"), { target: { value } });
  expect(onChange).not.toHaveBeenCalled();
  act(() => vi.advanceTimersByTime(PAUSE_MS));
  expect(onChange.mock.calls).toEqual([["etl"]]);
});

test("follows the URL, when that changes by itself", () => {
  const onChange = vi.fn();
  const { getByRole, rerender } = render(<SearchInput label="Search" value="old" onChange={onChange} />);
  rerender(<SearchInput label="Search" value="new" onChange={onChange} />);
  act(() => vi.advanceTimersByTime(PAUSE_MS));
  expect(getByRole("textbox").getAttribute("value")).toBe("new");
  expect(onChange).not.toHaveBeenCalled();
});

test("Escape empties it", () => {
  const onChange = vi.fn();
  const { getByRole } = render(<SearchInput label="Search" value="etl" onChange={onChange} />);
  fireEvent.keyDown(getByRole("textbox"), { key: "Escape" });
  act(() => vi.advanceTimersByTime(PAUSE_MS));
  expect(onChange.mock.calls).toEqual([[""]]);
});
