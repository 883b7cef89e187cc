/** Prefect's dashboards keep the auth string here, base64; one that is logged in stays so. */
const KEY = "prefect-password";

export const storedAuth = {
  exists: () => localStorage.getItem(KEY) !== null,
  save: (authString: string) => localStorage.setItem(KEY, btoa(authString)),
  forget: () => localStorage.removeItem(KEY),
  headers(): Record<string, string> {
    const encoded = localStorage.getItem(KEY);
    return encoded === null ? {} : { Authorization: `Basic ${encoded}` };
  },
  /** As the sockets want it: not encoded. */
  plain(): string | undefined {
    const encoded = localStorage.getItem(KEY);
    return encoded === null ? undefined : atob(encoded);
  },
};
