/** Runs steps of a tenant one after the other and at once when nothing is running, so that order costs nothing where nobody waits. */
export interface TenantQueue {
  run(tenantId: string, step: () => Promise<void> | void): void;
  waiting(tenantId: string): number;
}

export function createTenantQueue(failed: (error: unknown) => void): TenantQueue {
  const lines = new Map<string, (() => Promise<void> | void)[]>();

  function go(tenantId: string, line: (() => Promise<void> | void)[]): void {
    for (let step = line[0]; step; step = line[0]) {
      let running: Promise<void> | void = undefined;
      try {
        running = step();
      } catch (error) {
        failed(error);
      }
      if (running instanceof Promise) {
        running.catch(failed).finally(() => {
          line.shift();
          go(tenantId, line);
        });
        return;
      }
      line.shift();
    }
    lines.delete(tenantId);
  }

  return {
    run(tenantId, step) {
      const line = lines.get(tenantId);
      if (line) {
        line.push(step);
        return;
      }
      const fresh = [step];
      lines.set(tenantId, fresh);
      go(tenantId, fresh);
    },
    waiting: (tenantId) => lines.get(tenantId)?.length ?? 0,
  };
}
