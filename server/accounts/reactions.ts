/** What accounts do when something has happened: mails to the person, and the tenants' copies of a changed profile. All safe to repeat. */
import {
  accountChanged,
  accountPasswordChanged,
  accountResetAsked,
  accountSignUpRepeated,
  accountVerificationAsked,
  accountVerified,
  sessionStarted,
} from "../../shared/events/accounts.ts";
import { translateTo, type T } from "../../shared/i18n/index.ts";
import { service, system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { reaction, type LoggedEvent } from "../core/jobs/define.ts";
import { renderLetter, type Letter } from "../core/mail/letter.ts";
import { copyProfile } from "../team/index.ts";
import { knownLetter, newSignInLetter, passwordChangedLetter, resetLetter, verifyLetter, welcomeLetter } from "./emails/letters.ts";
import { Account, OneTimeLink, Session } from "./entities.ts";
import { linkPlace, type LinkKind } from "./links.ts";

type Write = (t: T, account: Account) => Letter;

async function mailTo(core: Core, account: Account, key: string, write: Write): Promise<void> {
  const t = translateTo(account.language);
  await core.mailer.send({ to: account.email, key, ...(await renderLetter(t, write(t, account))) });
}

/** The same mail under the same key, however often the worker runs the reaction. */
const keyOf = (name: string, event: LoggedEvent<unknown>) => `${name}.${event.tenantId}.${event.seq}`;

async function mailAccount(core: Core, accountId: string, key: string, write: Write): Promise<void> {
  const account = await core.work(system(`mail: ${key.split(".")[0]}`), ({ em }) => em.findOne(Account, { id: accountId }), {
    readOnly: true,
  });
  if (account) await mailTo(core, account, key, write);
}

/** Sends a link whose secret is sealed until now, then forgets the secret. A link of nobody is sent to nobody. */
async function mailLink(core: Core, kind: LinkKind, linkId: string): Promise<void> {
  const found = await core.work(
    system(`mail: ${kind} link`),
    async ({ em, now }) => {
      const link = await em.findOne(OneTimeLink, { id: linkId });
      if (!link?.accountId || !link.sealed || link.usedAt || link.expiresAt <= now) return null;
      return { account: await em.findOneOrFail(Account, { id: link.accountId }), sealed: link.sealed };
    },
    { readOnly: true },
  );
  if (found) {
    const secret = core.secrets.open(found.sealed, linkPlace(linkId));
    const write = kind === "verify" ? verifyLetter : resetLetter;
    await mailTo(core, found.account, `link.${linkId}`, (t, account) => write(t, account, core.config.PUBLIC_URL, secret));
  }
  await core.work(system(`mail: ${kind} link sent`), (unit) => unit.rows(sql`update one_time_link set sealed = null where id = ${linkId}`));
}

/** What tenants have a copy of, and which do. */
function readProfile(core: Core, accountId: string) {
  return core.work(
    system("profile copies"),
    async (unit) => {
      const account = await unit.em.findOne(Account, { id: accountId });
      const places = await unit.rows<{ tenant_id: string }>(
        sql`select tenant_id from membership where account_id = ${accountId} order by tenant_id`,
      );
      if (!account) return null;
      const { name, email, language } = account;
      return { profile: { name, email, language }, places: places.map(({ tenant_id: tenantId }) => tenantId) };
    },
    { readOnly: true },
  );
}

export const accountReactions = [
  reaction("accounts.mailVerification", accountVerificationAsked, (core, { payload }) => mailLink(core, "verify", payload.linkId)),
  reaction("accounts.mailReset", accountResetAsked, (core, { payload }) => mailLink(core, "reset", payload.linkId)),
  reaction("accounts.mailKnown", accountSignUpRepeated, (core, event) =>
    mailAccount(core, event.payload.accountId, keyOf("known", event), (t, account) => knownLetter(t, account, core.config.PUBLIC_URL)),
  ),
  reaction("accounts.mailWelcome", accountVerified, (core, event) =>
    mailAccount(core, event.payload.accountId, keyOf("welcome", event), (t, account) => welcomeLetter(t, account, core.config.PUBLIC_URL)),
  ),
  reaction("accounts.mailPasswordChanged", accountPasswordChanged, (core, event) =>
    mailAccount(core, event.payload.accountId, keyOf("password-changed", event), (t, account) =>
      passwordChangedLetter(t, account, core.config.PUBLIC_URL, { at: event.at, by: event.payload.by }),
    ),
  ),
  reaction("accounts.mailNewSignIn", sessionStarted, async (core, event) => {
    if (!event.payload.newDevice) return;
    const { accountId, sessionId } = event.payload;
    const session = await core.work(system("mail: new sign-in"), ({ em }) => em.findOne(Session, { id: sessionId }), { readOnly: true });
    if (!session) return;
    const { device, userAgent, address } = session;
    await mailAccount(core, accountId, keyOf("new-sign-in", event), (t, account) =>
      newSignInLetter(t, account, core.config.PUBLIC_URL, { at: event.at, device, userAgent, address }),
    );
  }),
  reaction("accounts.copyProfile", accountChanged, async (core, { payload: { accountId } }) => {
    // Two quick changes are copied at once by two workers: whoever wrote the older one last sees it afterwards, and writes again.
    for (let copied = "", read = await readProfile(core, accountId); read && JSON.stringify(read) !== copied;) {
      // A tenant each, so that no transaction holds the clocks of several.
      for (const tenantId of read.places) {
        const { profile } = read;
        await core.work(service(tenantId, "profile copy"), (unit) => copyProfile(unit, accountId, profile));
      }
      copied = JSON.stringify(read);
      read = await readProfile(core, accountId);
    }
  }),
];
