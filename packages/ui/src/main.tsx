import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { Failure } from "./components/notice.tsx";
import { connect } from "./lib/connection.ts";
import { createQueryClient } from "./lib/query-client.ts";
import { reloadOnce } from "./lib/reload-once.ts";
import { watchSystemTheme } from "./lib/theme.ts";
import { loadUiSettings } from "./lib/ui-settings.ts";
import { createAppRouter } from "./router.tsx";
import "./styles.css";

watchSystemTheme();
window.addEventListener("vite:preloadError", reloadOnce);
const root = createRoot(document.getElementById("root") ?? document.body);

try {
  const settings = await loadUiSettings();
  connect(settings);
  const queryClient = createQueryClient();
  root.render(
    <StrictMode>
      <App settings={settings} queryClient={queryClient} router={createAppRouter(queryClient)} />
    </StrictMode>,
  );
} catch (error) {
  root.render(<Failure error={error} onRetry={() => window.location.reload()} />);
}
