/**
 * Ids are UUIDv7 (RFC 9562) wherever we mint them: they grow with time, so the indexes over them grow at their end.
 * Within one millisecond a 12-bit counter keeps them in order of creation.
 */

const POOL_SIZE_BYTES = 8 * 512;
const pool = new Uint8Array(POOL_SIZE_BYTES);
let poolOffset = POOL_SIZE_BYTES;
let lastMs = 0;
let counter = 0;

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const ID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new UUIDv7. `nowMs` is for tests and for ids that must carry another moment than this one. */
export function newId(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = 0;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      // More than 4096 ids in one millisecond: borrow from the next one, so that order holds.
      lastMs += 1;
      counter = 0;
    }
  }
  if (poolOffset >= POOL_SIZE_BYTES) {
    globalThis.crypto.getRandomValues(pool);
    poolOffset = 0;
  }
  const time = lastMs.toString(16).padStart(12, "0");
  const sequence = (0x7000 | counter).toString(16);
  const at = poolOffset;
  poolOffset += 8;
  const hex = (index: number) => HEX[pool[at + index] ?? 0];
  const variant = HEX[((pool[at] ?? 0) & 0x3f) | 0x80];
  return `${time.slice(0, 8)}-${time.slice(8)}-${sequence}-${variant}${hex(1)}-${hex(2)}${hex(3)}${hex(4)}${hex(5)}${hex(6)}${hex(7)}`;
}

/** Any UUID, of any version, as the reference accepts them. */
export function isId(text: string): boolean {
  return ID_FORM.test(text);
}
