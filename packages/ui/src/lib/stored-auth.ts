/** Prefect's dashboards keep the auth string here, base64; one that is logged in stays so. */
const KEY = "prefect-password";

export const storedAuth = {
  exists: () => localStorage.getItem(KEY) !== null,
  save: (authString: string) => localStorage.setItem(KEY, encode(authString)),
  forget: () => localStorage.removeItem(KEY),
  headers(): Record<string, string> {
    const encoded = localStorage.getItem(KEY);
    return encoded === null ? {} : { Authorization: `Basic ${encoded}` };
  },
  /** As the sockets want it: not encoded. */
  plain(): string | undefined {
    const encoded = localStorage.getItem(KEY);
    return encoded === null ? undefined : decode(encoded);
  },
};

/** `btoa` takes bytes; of what is beyond ASCII the server expects UTF-8. */
function encode(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function decode(encoded: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0)));
}
