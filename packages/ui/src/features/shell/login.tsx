import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { api } from "../../lib/connection.ts";
import { storedAuth } from "../../lib/stored-auth.ts";

/** Asks for the server's auth string and goes on when the server takes it. */
export function Login({ onEntered }: { readonly onEntered: () => void }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();

  async function enter(): Promise<void> {
    storedAuth.save(text);
    try {
      await api.admin.version();
      onEntered();
    } catch (error) {
      storedAuth.forget();
      setProblem(isUnauthorized(error) ? "The server does not know this password" : String(error));
    }
  }

  return (
    <main className="flex h-full items-center justify-center">
      <form
        className="w-80 rounded-lg border border-line bg-surface p-6"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <h1 className="mb-4 text-base font-semibold">Log in</h1>
        <label className="block text-soft" htmlFor="auth-string">
          Auth string (user:password)
        </label>
        <input
          id="auth-string"
          type="password"
          autoComplete="current-password"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="mt-1 mb-3 h-8 w-full rounded-md border border-line-strong bg-surface px-2"
        />
        {problem !== undefined && (
          <p role="alert" className="mb-3 text-danger">
            {problem}
          </p>
        )}
        <Button type="submit" look="primary" disabled={text === ""} className="w-full justify-center">
          Log in
        </Button>
      </form>
    </main>
  );
}

function isUnauthorized(error: unknown): boolean {
  return typeof error === "object" && error !== null && "status" in error && error.status === 401;
}
