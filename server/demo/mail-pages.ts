/** /demo/mail: what the built-in mail server received, so that a newcomer can click the link in a verification mail. */
import { escapeHtml } from "../core/http/api-docs.ts";
import { page, type Page } from "../core/http/page.ts";
import type { Mailbox, ReceivedMail } from "../testing/mailbox.ts";

export function mailPages(mailbox: Mailbox): Page {
  return page("demo mail", (router) => {
    router.get("/demo/mail", (ctx) => {
      ctx.type = "html";
      ctx.body = list(mailbox.mails.toReversed());
    });
    router.get("/demo/mail.json", (ctx) => {
      ctx.body = mailbox.mails.toReversed().map(({ id, to, subject, text }) => ({ id, to, subject, text }));
    });
    router.get("/demo/mail.css", (ctx) => {
      ctx.type = "css";
      ctx.body = style;
    });
    router.get("/demo/mail/:id", (ctx) => {
      const mail = mailbox.mails.find(({ id }) => id === Number(ctx["params"].id));
      if (!mail) return;
      // The page shows the mail in a frame; the policy of all pages knows none.
      ctx.set("Content-Security-Policy", `${ctx.response.get("Content-Security-Policy")}; frame-src 'self'`);
      ctx.type = "html";
      ctx.body = single(mail);
    });
    router.get("/demo/mail/:id/html", (ctx) => {
      const mail = mailbox.mails.find(({ id }) => id === Number(ctx["params"].id));
      if (!mail) return;
      // The mail itself stands in a frame without scripts; its inline styles are what mail programs need.
      ctx.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
      );
      ctx.remove("X-Frame-Options");
      ctx.type = "html";
      ctx.body = mail.html.replace(/<head>/i, '<head><base target="_top">');
    });
  });
}

function frame(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/demo/mail.css"></head><body><header><a href="/demo/mail"><b>Demo mailbox</b></a><span>Every mail this installation sends ends here, and nowhere else.</span></header><main>${body}</main></body></html>`;
}

function list(mails: readonly ReceivedMail[]): string {
  if (mails.length === 0)
    return frame(
      "Demo mailbox",
      `<h1>Mail</h1><p class="empty">No mail yet. Sign up at <a href="/signup">/signup</a>, and the verification mail appears here.</p>`,
    );
  const rows = mails
    .map(
      ({ id, at, to, subject }) =>
        `<tr><td><a href="/demo/mail/${id}">${escapeHtml(subject)}</a></td><td>${escapeHtml(to)}</td><td>${time(at)}</td></tr>`,
    )
    .join("");
  return frame(
    "Demo mailbox",
    `<h1>Mail</h1><table><thead><tr><th>Subject</th><th>To</th><th>Received</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}

/** In the zone of this computer: under `npm start` it is the reader's own. */
const time = (at: Date) =>
  `<time datetime="${at.toISOString()}">${at.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}</time>`;

function single({ id, at, subject, to, from, text }: ReceivedMail): string {
  return frame(
    subject,
    `<h1>${escapeHtml(subject)}</h1><p>From ${escapeHtml(from)} to ${escapeHtml(to)}, ${time(at)}</p><iframe title="The mail as it looks" src="/demo/mail/${id}/html"></iframe>
<h2>Plain text</h2><pre>${linked(text)}</pre>`,
  );
}

function linked(text: string): string {
  return escapeHtml(text).replaceAll(/https?:\/\/[^\s<&"']+/g, (url) => `<a href="${url}">${url}</a>`);
}

const style = `:root{color-scheme:light dark;font:15px/1.55 system-ui,sans-serif}body{margin:0}header{display:flex;gap:16px;padding:12px 24px;background:light-dark(#eceef2,#0d0f13)}
header span{color:light-dark(#5f6675,#969dab)}main{max-width:900px;margin:0 auto;padding:16px 24px}table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:8px 12px 8px 0;border-bottom:1px solid light-dark(#e2e5ea,#2a2f38)}
iframe{width:100%;height:520px;border:1px solid light-dark(#cbd0d9,#3d434f);border-radius:8px;background:#fff}pre{white-space:pre-wrap;overflow-wrap:anywhere}a{color:light-dark(#2c4bc0,#a3b5ff)}time{white-space:nowrap}h1{font-size:20px}h2{font-size:16px}`;
