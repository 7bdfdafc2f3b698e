/** When a limit of the plan is nearly or wholly used, the tenant's admins get a mail; what is used and what is left stands in Settings. */
import { links } from "../../shared/api/links.ts";
import { usageWarned } from "../../shared/events/entitlements.ts";
import { translateTo } from "../../shared/i18n/index.ts";
import type { Meter } from "../../shared/model/plans.ts";
import { service } from "../core/actor.ts";
import { reaction } from "../core/jobs/define.ts";
import { renderLetter } from "../core/mail/letter.ts";
import { found } from "../core/problem.ts";
import { Member } from "../team/index.ts";
import { Tenant } from "../tenants/index.ts";

/** At 80 % the page in Settings says it, and no mail is sent. */
const mailedFrom = 90;

export const mailAboutUsage = {
  ...reaction("notifications.usage", usageWarned, async (core, { tenantId, seq, payload }) => {
    const { tenant, admins } = await core.work(
      service(tenantId, "a limit of the plan"),
      async ({ em }) => ({
        tenant: found(await em.findOne(Tenant, { tenantId, id: tenantId })).name,
        admins: await em.find(Member, { tenantId, status: "active", role: "admin" }),
      }),
      { readOnly: true },
    );
    for (const { id, email, language } of admins) {
      const t = translateTo(language);
      const { step: percent, used, limit } = payload;
      const what = t(`people.meter.${payload.meter as Meter}`); // entitlements warn about nothing else
      const letter = {
        subject: t("notifications.usage.subject", { tenant, percent, what }),
        heading: t("notifications.usage.heading", { percent, what }),
        paragraphs: [
          t("notifications.usage.text", { used, limit, what }),
          t(`notifications.usage.${payload.meter === "conversations" ? "soft" : "hard"}`),
        ],
        button: { label: t("notifications.usage.button"), url: links.console(core.config.PUBLIC_URL) },
        reason: t("mail.reason.admin", { tenant }),
      };
      await core.mailer.send({ to: email, key: `usage.${tenantId}.${seq}.${id}`, ...(await renderLetter(t, letter)) });
    }
  }),
  when: ({ step }: Record<string, unknown>) => typeof step === "number" && step >= mailedFrom,
};
