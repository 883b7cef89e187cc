import type { WebSocket } from "ws";
import type { Settings } from "../../platform/settings/settings.ts";

/** Pings a client now and then; one that does not answer in time is gone, though its network did not say so. */
export function keepAlive(socket: WebSocket, settings: Settings): void {
  const intervalMs = settings.get("PREFECT_SERVER_API_WEBSOCKET_PING_INTERVAL") * 1000;
  const timeoutMs = settings.get("PREFECT_SERVER_API_WEBSOCKET_PING_TIMEOUT") * 1000;
  let timeout: ReturnType<typeof setTimeout> | undefined;

  const interval = setInterval(() => {
    // A socket that is paused on purpose cannot show its pong.
    if (socket.isPaused) return;
    socket.ping();
    timeout ??= setTimeout(() => socket.terminate(), timeoutMs);
  }, intervalMs);

  socket.on("pong", () => {
    clearTimeout(timeout);
    timeout = undefined;
  });
  socket.on("close", () => {
    clearInterval(interval);
    clearTimeout(timeout);
  });
}
