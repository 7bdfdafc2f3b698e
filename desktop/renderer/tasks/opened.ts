/** Which task or follow-up the address names: back and forward go through them, and a notification can point at one. */
export interface Opened {
  readonly tenantId: string;
  readonly id: string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readOpened(value: unknown): Opened | undefined {
  if (typeof value !== "string") return undefined;
  const [tenantId = "", id = "", rest] = value.split(".");
  return rest === undefined && uuid.test(tenantId) && uuid.test(id) ? { tenantId, id } : undefined;
}

export function writeOpened({ tenantId, id }: Opened): string {
  return `${tenantId}.${id}`;
}
