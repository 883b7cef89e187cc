import { createLeaseReaper } from "./lease-reaper.ts";
import type { Service, ServiceContext } from "./service.ts";

/** What runs in the background of a server. */
const factories: readonly ((context: ServiceContext) => Service | undefined)[] = [createLeaseReaper];

export interface RunningServices {
  stop(): Promise<void>;
}

/** Starts all services that the settings leave on. */
export function startServices(context: ServiceContext): RunningServices {
  const services = factories.flatMap((create) => create(context) ?? []);
  for (const service of services) service.start();
  return {
    async stop() {
      await Promise.all(services.map((service) => service.stop()));
    },
  };
}
