/**
 * Who is signed in on this computer. The session may end while people work: reading goes on, what is written waits, and a new sign-in
 * of the same person takes everything up again. Somebody else's sign-in finds nothing of the person before.
 */
import { accountsApi, type InvitationToMe, type TenantChoice } from "@switchboard/shared/api/accounts.ts";
import { createClient } from "@switchboard/shared/client/client.ts";
import { deviceName } from "../../bridge/device.ts";
import type { Ports } from "../ports.ts";
import { Refusal } from "../refusal.ts";
import { failureOf } from "../sync/failure.ts";
import { createAccountStore, type AccountFile } from "./account-file.ts";
import { createTokens, type Tokens } from "./tokens.ts";

export interface Session {
  readonly tokens: Tokens;
  state(): "signed-out" | "signed-in" | "ended";
  server(): string | null;
  account(): AccountFile["account"] | null;
  /** Tenants that the person may open, as far as this computer knows. */
  choices(): readonly TenantChoice[];
  /** Those that have a database here, in their order. */
  opened(): readonly string[];
  start(): Promise<void>;
  signIn(input: { server?: string | undefined; email: string; password: string }): Promise<readonly TenantChoice[]>;
  /** Asks the server again which tenants there are. */
  refreshChoices(): Promise<readonly TenantChoice[]>;
  /** Open invitations to my address, whichever tenants they are from. */
  invitations(): Promise<readonly InvitationToMe[]>;
  answerInvitation(invitationId: string, accept: boolean): Promise<void>;
  setOpened(tenantIds: readonly string[]): void;
  /** Ends the session, here in any case and at the server if it answers. */
  signOut(): Promise<void>;
}

export interface SessionOptions {
  ports: Ports;
  changed: () => void;
  /** Before somebody else than before comes in: whether their things may go, and then they go. */
  leave: () => Promise<void>;
}

/** Where the person types an address with a slash at its end, or with a page behind it. */
const originOf = (server: string) => new URL(server).origin;

export function createSession({ ports, changed, leave }: SessionOptions): Session {
  const { fetch, keyring, clock, log } = ports;
  const store = createAccountStore(ports.folder);
  let live = false;
  const server = () => store.read()?.server ?? ports.server ?? "";
  const tokens = createTokens({
    keyring,
    fetch,
    server,
    now: () => clock.now(),
    ended() {
      if (!live) return;
      live = false;
      log("info", "the session has ended");
      changed();
    },
  });
  const update = (changes: Partial<AccountFile>) => {
    const account = store.read();
    if (account) store.write({ ...account, ...changes });
    changed();
  };

  /** In the name of the person, whichever tenant. */
  async function asMe() {
    const token = await tokens.access(null);
    const language = store.read()?.account.language;
    return createClient({ baseUrl: server(), fetch, token: () => token, ...(language === undefined ? {} : { language }) });
  }

  async function refreshChoices(): Promise<readonly TenantChoice[]> {
    const { items } = await (await asMe()).call(accountsApi.myTenants);
    update({ tenants: items });
    return items;
  }

  return {
    tokens,
    state() {
      if (!store.read()) return "signed-out";
      return live ? "signed-in" : "ended";
    },
    server: () => store.read()?.server ?? ports.server,
    account: () => store.read()?.account ?? null,
    choices: () => store.read()?.tenants ?? [],
    opened: () => store.read()?.opened ?? [],

    async start() {
      live = store.read() !== null && (await tokens.has());
      changed();
    },

    async signIn({ server: asked, email, password }) {
      const before = store.read();
      const address = asked ?? before?.server ?? ports.server;
      if (!address) throw new Refusal("invalid_input", "Which server?", { field: "server" });
      const origin = originOf(address);
      // Where the host says which server this is, a page has no word in it: it could send what it read anywhere (SECURITY D-11).
      if (ports.server !== null && origin !== originOf(ports.server))
        throw new Refusal("not_available", "This console belongs to another server.");
      const token =
        before?.server === origin && before.account.email.toLowerCase() === email.trim().toLowerCase() ? before.deviceToken : null;
      const device = { name: deviceName(ports.shell.facts()), ...(token === null ? {} : { token }) };
      const answer = await createClient({ baseUrl: origin, fetch }).call(accountsApi.signIn, { body: { email, password, device } });
      const same = before !== null && before.server === origin && before.account.id === answer.account.id;
      if (!same && before !== null) await leave();
      await tokens.adopt(answer.refreshToken, answer.access);
      const { id, name, email: address_, language, zone } = answer.account;
      store.write({
        server: origin,
        account: { id, name, email: address_, language, zone },
        deviceToken: answer.deviceToken,
        tenants: answer.tenants,
        opened: same ? before.opened : [],
      });
      live = true;
      changed();
      return answer.tenants;
    },

    refreshChoices,

    async invitations() {
      return (await (await asMe()).call(accountsApi.myInvitations)).items;
    },
    async answerInvitation(invitationId, accept) {
      const me = await asMe();
      const params = { invitationId };
      if (accept) await me.call(accountsApi.joinInvited, { params });
      else await me.call(accountsApi.declineInvited, { params });
      await refreshChoices();
    },
    setOpened: (opened) => update({ opened: [...opened] }),

    async signOut() {
      const origin = server();
      try {
        if (live) {
          const token = await tokens.access(null);
          await createClient({ baseUrl: origin, fetch, token: () => token }).call(accountsApi.signOut);
        }
      } catch (error) {
        // The server ends it by itself when it is not used any more.
        if (failureOf(error).kind === "refused") log("warn", "the server did not take the sign-out");
      }
      live = false;
      await tokens.clear();
      store.write(null);
      changed();
    },
  };
}
