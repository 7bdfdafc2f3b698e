import { TenantTag } from "../ui/marks.tsx";
import { useSession } from "./session-context.tsx";

/** Which tenant it belongs to, for somebody who serves more than one. */
export function TenantMark({ tenantId }: { readonly tenantId: string }) {
  const session = useSession();
  const tenant = session.tenant(tenantId);
  if (tenant === undefined || session.tenants.length === 1) return null;
  return <TenantTag letters={tenant.tag} colour={tenant.colour} name={tenant.name} />;
}
