/** The browser host over a folder of pages, in a process of its own; on being asked it signs in and receives everything. */
import { createChannel } from "@switchboard/desktop/core/rpc/channel.ts";
import { createPage } from "@switchboard/desktop/core/testing/page.ts";
import { startHost } from "@switchboard/desktop/host/host.ts";
import { madePassword } from "@switchboard/server/accounts/make.ts";
import { received } from "../desk/office.ts";
import { answerParent } from "../harness/children.ts";

const [port = "0", dataFolder = "", serverUrl = "", rendererFolder = ""] = process.argv.slice(2);
const host = await startHost({ port: Number(port), dataFolder, serverUrl, rendererFolder, log: () => undefined });

async function signIn({ email, tenantId }: { email: string; tenantId: string }): Promise<object> {
  const [inside, outside] = createChannel();
  host.core.serve(inside);
  const page = createPage(outside);
  await page.do("session.signIn", { email, password: madePassword });
  await page.do("session.openTenant", { tenantId });
  await received({ page, core: host.core }, tenantId);
  page.close();
  return {};
}

answerParent({ launchUrl: host.launchUrl() }, signIn, () => host.stop());
