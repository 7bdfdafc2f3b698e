import { accountEvents } from "../../shared/events/accounts.ts";
import { feature } from "../core/feature.ts";
import { accountReactions } from "./reactions.ts";
import { tidy } from "./jobs.ts";
import { accountEndpoints } from "./endpoints.ts";
import { accountTables } from "./entities.ts";
import { authenticateAccount, authenticateMember, authenticatePlatform } from "./tokens.ts";

export { Account, MemberSession, Session, SupportGrant } from "./entities.ts";
export { passwordsOf } from "./passwords.ts";
export { endSessions, lockAccount } from "./sessions.ts";
export { assertSite, createAccount, foundTenant, type Business, type NewAccount } from "./sign-up.ts";
export { deleteAccount, endSupport, grantSupport, resumeAccount, setSuperAdmin, suspendAccount } from "./standing.ts";
export { refresh } from "./exchange.ts";
export { signIn } from "./sign-in.ts";
export { platformAccess, supportAccess } from "./tokens.ts";

export const accounts = feature({
  name: "accounts",
  tables: accountTables,
  endpoints: accountEndpoints,
  events: accountEvents,
  reactions: accountReactions,
  jobs: [tidy],
  authenticators: { account: authenticateAccount, member: authenticateMember, platform: authenticatePlatform },
});
