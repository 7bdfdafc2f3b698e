/** What /metrics tells. No tenant ids as labels: their number is not bounded. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  registry: Registry;
  requests: Histogram<"route" | "method" | "status">;
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** The same one each time it is asked for. */
  counter(counted: Counted): { add(count?: number): void };
  text(): Promise<string>;
}

/** What a feature counts. Registered with it, so that it is told as zero before it first happens: only then can its rise be seen. */
export interface Counted {
  name: string;
  help: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "switchboard_" });
  const requests = new Histogram({
    name: "switchboard_http_request_seconds",
    help: "Time to answer, by route.",
    labelNames: ["route", "method", "status"] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  return {
    registry,
    requests,
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({
        name: `switchboard_${name}`,
        help,
        registers: [registry],
        collect: async () => gauge.set(await read()),
      });
    },
    counter({ name, help }) {
      const full = `switchboard_${name}`;
      const known = registry.getSingleMetric(full);
      const counter = known instanceof Counter ? known : new Counter({ name: full, help, registers: [registry] });
      return { add: (count = 1) => counter.inc(count) };
    },
    text: () => registry.metrics(),
  };
}
