import { toast } from "../../components/toaster.tsx";
import { api } from "../../lib/connection.ts";

/** Through the client and not by a plain link: the request needs its headers when the server asks for a password. */
export async function downloadLogs(flowRunId: string, name: string): Promise<void> {
  try {
    const csv = await api.flow_runs.download_logs({ id: flowRunId });
    const url = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${name}-logs.csv`;
    link.click();
    URL.revokeObjectURL(url);
  } catch (error) {
    toast.error(error);
  }
}
