/** Hears of the parts of a text that would print differently once parsed. */
export interface SourceListener {
  /** An object or array, with its source. */
  container(container: object, source: string): void;
  /** A number, with its source; numbers have no identity, so its holder and key stand for it. */
  member(holder: object, key: string, source: string): void;
}

/** Walks JSON text beside its parsed value. The text is known to be valid. */
export class SourceWalker {
  readonly #text: string;
  readonly #listener: SourceListener;
  #at = 0;

  constructor(text: string, listener: SourceListener) {
    this.#text = text;
    this.#listener = listener;
  }

  walk(root: unknown): void {
    this.#value(root, undefined, "");
  }

  /** Follows one value; says whether any part of it would print differently. */
  #value(value: unknown, holder: object | undefined, key: string): boolean {
    this.#skipSpace();
    const start = this.#at;
    const first = this.#text[start];
    if (typeof value === "object" && value !== null) {
      const isLossy = first === "{" ? this.#object(value) : this.#array(value);
      if (isLossy) this.#listener.container(value, this.#text.slice(start, this.#at));
      return isLossy;
    }
    this.#scalar();
    if (typeof value !== "number") return false;
    const source = this.#text.slice(start, this.#at);
    const isLossy = source !== String(value);
    if (isLossy && holder !== undefined) this.#listener.member(holder, key, source);
    return isLossy;
  }

  #object(value: object): boolean {
    let isLossy = false;
    this.#open();
    while (this.#text[this.#at] !== "}") {
      const key = this.#string();
      // The engine moves keys that look like integers to the front.
      if (/^\d+$/.test(key)) isLossy = true;
      this.#skipSpace();
      this.#at += 1;
      if (this.#value((value as Record<string, unknown>)[key], value, key)) isLossy = true;
      this.#next();
    }
    this.#at += 1;
    return isLossy;
  }

  #array(value: object): boolean {
    let isLossy = false;
    let index = 0;
    this.#open();
    while (this.#text[this.#at] !== "]") {
      if (this.#value((value as unknown[])[index], value, String(index))) isLossy = true;
      index += 1;
      this.#next();
    }
    this.#at += 1;
    return isLossy;
  }

  #open(): void {
    this.#at += 1;
    this.#skipSpace();
  }

  #next(): void {
    this.#skipSpace();
    if (this.#text[this.#at] === ",") this.#at += 1;
    this.#skipSpace();
  }

  #skipSpace(): void {
    while (this.#text.charCodeAt(this.#at) <= 0x20) this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === "\\" ? 2 : 1;
    this.#at += 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #scalar(): void {
    if (this.#text[this.#at] === '"') {
      this.#string();
      return;
    }
    while (this.#at < this.#text.length && !/[\s,\]}]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
  }
}
