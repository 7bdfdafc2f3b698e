import { supportAnswered } from "../../shared/events/platform.ts";
import { translateTo } from "../../shared/i18n/index.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { reaction } from "../core/jobs/define.ts";
import { renderLetter } from "../core/mail/letter.ts";
import { Member } from "../team/index.ts";
import { tenantFacts } from "../tenants/index.ts";
import { answerLetter } from "./emails/letters.ts";
import { SupportRequest } from "./entities.ts";

/** Whoever asked gets the answer, as long as they work there. */
async function mailAnswer(core: Core, tenantId: string, requestId: string): Promise<void> {
  const found = await core.work(
    service(tenantId, "mail: answer of the platform"),
    async ({ em }) => {
      const request = await em.findOne(SupportRequest, { tenantId, id: requestId });
      const member = request && (await em.findOne(Member, { tenantId, id: request.memberId, status: "active" }));
      return request && member && { request, member };
    },
    { readOnly: true },
  );
  if (!found) return;
  const { request, member } = found;
  const t = translateTo(member.language);
  const { name: tenant } = await tenantFacts(core, tenantId);
  const { subject, body: question } = request;
  const letter = answerLetter(t, { name: member.name, tenant, subject, question, answer: request.answer ?? "" }, core.config.PUBLIC_URL);
  await core.mailer.send({ to: member.email, key: `support.${requestId}`, ...(await renderLetter(t, letter)) });
}

export const platformReactions = [
  reaction("platform.mailAnswer", supportAnswered, (core, { tenantId, payload }) => mailAnswer(core, tenantId, payload.requestId)),
];
