/**
 * Ids are UUIDv7 (RFC 9562) wherever we mint them: they grow with time, so the indexes over them grow at their end.
 * Within one millisecond a 12-bit counter keeps them in order of creation.
 */

const POOL_SIZE_BYTES = 8 * 512;
const pool = new Uint8Array(POOL_SIZE_BYTES);
let poolOffset = POOL_SIZE_BYTES;
let lastMs = 0;
let counter = 0;
/** Time and version as text, until the millisecond changes: most ids share it with the one before. */
let prefix = "";

const LARGEST_COUNTER = 0xfff;
const HEX_DIGITS = "0123456789abcdef";
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const ID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new UUIDv7. `nowMs` is for tests and for ids that must carry another moment than this one. */
export function newId(nowMs: number = Date.now()): string {
  counter += 1;
  if (nowMs > lastMs || counter > LARGEST_COUNTER) {
    // More than 4096 ids in one millisecond borrow from the next one, so that order holds.
    lastMs = Math.max(nowMs, lastMs + 1);
    counter = 0;
    const time = lastMs.toString(16).padStart(12, "0");
    prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
  }
  if (poolOffset >= POOL_SIZE_BYTES) {
    globalThis.crypto.getRandomValues(pool);
    poolOffset = 0;
  }
  const at = poolOffset;
  poolOffset += 8;
  const sequence = `${HEX_DIGITS[counter >> 8]}${hex(counter & 0xff)}`;
  const clock = `${hex(((pool[at] ?? 0) & 0x3f) | 0x80)}${hex(pool[at + 1])}`;
  return `${prefix}${sequence}-${clock}-${hex(pool[at + 2])}${hex(pool[at + 3])}${hex(pool[at + 4])}${hex(pool[at + 5])}${hex(pool[at + 6])}${hex(pool[at + 7])}`;
}

function hex(byte: number | undefined): string {
  return HEX[byte ?? 0] ?? "";
}

/** Any UUID, of any version, as the reference accepts them. */
export function isId(text: string): boolean {
  return ID_FORM.test(text);
}
