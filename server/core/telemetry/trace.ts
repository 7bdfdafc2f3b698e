/**
 * Traces: own spans for requests, units of work and jobs, through the OpenTelemetry API. Without an SDK the API does nothing; with
 * OTEL_EXPORTER_OTLP_ENDPOINT set, the SDK is loaded if somebody has installed it beside the server.
 */
import { SpanStatusCode, trace, type Attributes } from "@opentelemetry/api";
import type { Logger } from "pino";

const tracer = trace.getTracer("switchboard");

export function traced<T>(name: string, attributes: Attributes, run: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await run();
    } catch (error) {
      // The name only: messages may hold what people wrote.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "error" });
      throw error;
    } finally {
      span.end();
    }
  });
}

interface Sdk {
  start(): void;
  shutdown(): Promise<void>;
}

/** The package is not among our own: whoever wants traces installs `@opentelemetry/sdk-node` (about 300 packages). */
export async function startTracing(endpoint: string | undefined, log: Logger): Promise<() => Promise<void>> {
  if (endpoint === undefined) return () => Promise.resolve();
  const name = "@opentelemetry/sdk-node";
  try {
    const { NodeSDK } = (await import(name)) as { NodeSDK: new (options: { serviceName: string }) => Sdk };
    const sdk = new NodeSDK({ serviceName: "switchboard" });
    sdk.start();
    return () => sdk.shutdown();
  } catch (error) {
    log.warn({ problem: String(error) }, `no traces: install ${name} beside the server, or unset OTEL_EXPORTER_OTLP_ENDPOINT`);
    return () => Promise.resolve();
  }
}
