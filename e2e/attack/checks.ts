/**
 * The checks of the security handbook, section 3: what must hold, whether red means no release, and what is not built yet and so cannot
 * be checked. A test names the ids that it covers by the words `SECURITY T-05` in its head or its title (cover.ts).
 */
export interface Check {
  id: string;
  /** Red means no release. */
  blocks: boolean;
  what: string;
  /** Why there is nothing to check yet. Never counts as passed. */
  missing?: string;
  /** What of it is not built; the rest is checked. */
  without?: string;
}

type Row = readonly [id: string, blocks: "●" | "", what: string, missing?: string];

export const groups: Readonly<Record<string, string>> = {
  T: "Tenant isolation",
  S: "Sockets and sync",
  W: "Widget and visitor identity",
  Z: "Authorisation inside a tenant",
  A: "Authentication",
  K: "API keys",
  H: "Webhooks and outbound requests",
  X: "Content",
  B: "Browser",
  I: "Input",
  F: "Files",
  L: "AI replies",
  R: "Limits and abuse",
  P: "Secrets, data, super-admin",
  D: "The console: Electron and browser host",
};

const rows: readonly Row[] = [
  ["T-01", "●", "every table with tenant data has RLS enabled and forced, the standard policy for all commands with USING and WITH CHECK"],
  ["T-02", "●", "`switchboard_app` cannot bypass: not superuser, no BYPASSRLS, owns nothing, member of no role"],
  ["T-03", "●", 'no tenant set ⇒ zero rows and insert error, never "all"'],
  ["T-04", "●", "a pooled connection never carries a tenant"],
  ["T-05", "●", "cross-tenant id matrix: every route, socket event and sync mutation × every id × tenant B's valid id"],
  ["T-06", "●", "null, missing, `*` or array owner never widens scope"],
  [
    "T-07",
    "●",
    "every foreign key between tenant tables has a `sameTenant` trigger on insert and update; `tenant_id` never changes after insert",
  ],
  [
    "T-08",
    "●",
    "SECURITY DEFINER functions: exact allow-list (≤ 5 callable by `switchboard_app`; trigger functions listed separately), fixed `search_path`, EXECUTE revoked from PUBLIC, explicit tenant predicate. Needed for full-text search (`@@` is not leakproof), the batched send and the commit stamp",
  ],
  ["T-09", "●", "views are `security_invoker`; no materialized view over tenants; partitions have RLS too"],
  [
    "T-10",
    "●",
    "no leak by uniqueness, sequence, error or timing: unique keys and composite indexes start with `tenant_id`; ids UUIDv7 or 128-bit random; counters per tenant",
  ],
  ["T-11", "●", "caches, rate-limit keys, Redis channels, storage keys, search and job payloads contain the tenant"],
  ["T-12", "●", "jobs and webhooks run under the tenant of the job, not under bypass"],
  ["T-13", "●", "RLS is proven to work"],
  ["S-01", "●", "handshake: token verified before connection; Origin allow-list per endpoint type (ASVS 4.4.2); wss only (4.4.1)"],
  ["S-02", "●", "Socket.IO rooms are joined by the server only, after authorisation; the name contains the tenant"],
  [
    "S-03",
    "●",
    "recipients of every event, and rows of every bootstrap, pull and history page, ⊆ what the API lets that reader read (the live tail bypasses RLS, so audience functions are tested like policies)",
  ],
  [
    "S-04",
    "●",
    "permission or team change, logout, tenant suspension, visitor block: sockets lose access at once (8.3.2, 7.4.2); connection-state recovery never skips middlewares; the next pull removes the rows",
  ],
  ["S-05", "●", "token expiry during a long connection forces re-authentication"],
  ["S-06", "●", "schema, size and rate limit per event; unknown event ignored; no crash"],
  ["S-07", "●", "internal notes never reach the visitor side (own type, allow-list presenter)"],
  [
    "W-01",
    "●",
    "anonymous visitor token: ≥ 128-bit random or signed, bound to tenant and website, own conversations only; never in URL or log",
  ],
  [
    "W-02",
    "●",
    "identified visitor: signed JWT with `sub`, audience, `exp` ≤ 1 h; plain HMAC of the id only as legacy; secret server-side, ≥ 256 bit, two active during rotation",
  ],
  ["W-03", "●", "enforcement covers **every** widget operation incl. history, upload, socket, e-mail continuation"],
  ["W-04", "●", "attributes from the browser are marked unverified; an anonymous profile is never merged into a contact by e-mail alone"],
  [
    "W-05",
    "●",
    "domain allow-list by Origin/Referer and by `frame-ancestors`; wildcards at label boundaries only. It is anti-embedding, not authentication: a non-browser client can forge Origin",
  ],
  ["W-06", "●", "postMessage: exact target origin, source window and origin checked, schema"],
  [
    "W-07",
    "●",
    "token stored inside the iframe's origin (partitioned); host page cannot read it; no cookie on the host's domain; minimal sandbox attributes",
  ],
  [
    "W-08",
    "●",
    "pinned embed path, SRI option for the loader, immutable versioned files; widget CSP without unsafe-inline or eval; Trusted Types",
  ],
  ["W-09", "●", "no camera or microphone by default; transcript links single-use and short-lived"],
  ["Z-01", "●", "one policy table role × permission × object; deny by default"],
  [
    "Z-02",
    "●",
    "every route, event and mutation × role, with team scope, per action (tasks, follow-ups and the contact data in them: admins or a custom role with the right, on every path incl. sync, search, badges)",
  ],
  ["Z-03", "●", "mass assignment: unknown or privileged fields (tenantId, role, id, createdAt …) rejected (8.2.3, API3)"],
  ["Z-04", "●", "output through allow-list presenters, never an entity"],
  [
    "Z-05",
    "●",
    "the last admin cannot be removed; nobody raises the own role; invitations bound to e-mail, role and tenant, single-use, ≤ 72 h",
  ],
  [
    "A-01",
    "",
    "argon2id (≥ 19 MiB, t ≥ 2) off the event loop, concurrency capped; max length ≥ 128; breached-password check; no composition rules",
  ],
  ["A-02", "●", "same answer and time for unknown account, wrong password, reset"],
  ["A-03", "●", "brute force: per account, per IP, global; growing delay; nobody can lock others out"],
  ["A-04", "●", "access JWT ≤ 10 min; fixed algorithm; iss, aud, typ, kid checked; `jku`/`x5u` ignored; keys rotate without logout"],
  [
    "A-05",
    "●",
    "refresh token ≥ 128 bit, hashed, rotated; replay revokes the family; short grace for an identical retry; console keeps it in the OS keychain (async `safeStorage`), never in the renderer",
  ],
  [
    "A-06",
    "●",
    "logout, password or MFA change, disabling, role change end sessions and sockets (7.4). A valid JWT is not enough: each node checks its session and membership version against a set fed by the live tail",
  ],
  [
    "A-07",
    "●",
    "TOTP with window ±1 and used-step store, passkeys, recovery codes hashed and single-use; mandatory for admins and super-admins; step-up for export, keys, webhooks, member changes (7.5.1)",
    "the second factor is a row of stage 2 (auth-mfa)",
  ],
  ["A-08", "", "sessions and devices listed and revocable by the person and by admins (7.5.2, 7.4.5)"],
  ["A-09", "", "reset and verify links: host from config, single use, ≤ 30 min, hashed"],
  [
    "A-10",
    "",
    "OIDC: state, PKCE, nonce, exact redirect, issuer allow-list; e-mail match only if verified; linking needs login. SAML: signed assertions, audience, InResponseTo, one-time assertion ids, behind a flag",
    "single sign-on is a row of stage 2 (auth-sso)",
  ],
  [
    "A-11",
    "",
    "console sign-in by system browser + PKCE + loopback or claimed URI; deep link carries no token and only a state the app generated",
    "the console signs in by e-mail and password in its own window; deep links carry no token (D-10)",
  ],
  ["A-12", "●", "one auth contract suite on **every** entry point: HTTP, socket, refresh, widget, API key, sync, console"],
  [
    "K-01",
    "●",
    "key = prefix + ≥ 192-bit secret + checksum, stored as SHA-256 or peppered HMAC, shown once; scopes, expiry, last used, optional IP list; secret-scanner pattern published",
    "stage 2",
  ],
  ["K-02", "", "revoked or expired key stops at once, incl. sockets and caches", "stage 2"],
  [
    "H-01",
    "●",
    "outgoing webhooks per Standard Webhooks: HMAC over id.timestamp.body, secret ≥ 24 bytes per endpoint, two signatures during rotation",
    "stage 2",
  ],
  [
    "H-02",
    "●",
    "SSRF: https only (configurable); resolve once → check all addresses → connect to that address with SNI; block loopback, private, link-local, CGNAT, multicast, unspecified, NAT64, 6to4, mapped IPv6, metadata names; no redirects; listed ports; 15 s; ≤ 64 KB; one client, in `server/core/outbound.ts` and run by the worker, for webhooks, avatars, previews, AI tools, import by URL",
    "stage 2",
  ],
  ["H-03", "●", "incoming webhooks: raw body, constant-time compare, ± 5 min, replay store", "stage 2"],
  ["H-04", "", "a tenant sees status and at most 1 KB of an endpoint's answer, never proxy headers", "stage 2"],
  [
    "X-01",
    "●",
    "text rendered as text or own AST → elements, no innerHTML; allow-listed markdown; links http/https/mailto with noopener noreferrer; in widget, console, e-mail, push, transcript, PDF, CSV",
  ],
  ["X-02", "", "bidi, zero-width, homographs in names and links neutralised; warning when link text ≠ host"],
  ["X-03", "", "CSV and XLSX formula injection"],
  ["X-04", "", "remote images proxied or click-to-load (no operator IP leak)"],
  ["X-05", "", "linear-time regex on server paths; tenant regex forbidden or RE2"],
  ["B-01", "●", "CSP with nonces, `frame-ancestors 'none'` for staff pages, HSTS, nosniff, strict referrer, COOP/CORP"],
  ["B-02", "", "CORS: exact origins; widget API without credentials"],
  ["B-03", "●", "CSRF: no ambient cookies for the API; where a browser page has a cookie: `__Host-`, SameSite, token and Origin"],
  ["B-04", "", "errors without stack, SQL, path"],
  ["B-05", "", "`no-store` on personal data"],
  ["B-06", "●", "Host and X-Forwarded-* only from a trusted proxy (4.1.3); redirects to own paths only (`//`, `/\\`)"],
  [
    "I-01",
    "●",
    "strict schema before the ORM: objects for scalars, `__proto__`, `constructor`, raw-marker keys, NaN, huge numbers, NUL, 10 MB",
  ],
  ["I-02", "●", "order, filter and column names are enums; no interpolated `raw`/`execute`"],
  ["F-01", "", "size, count, tenant quota, pixels, archive ratio (5.2.1–5.2.6)", "stage 2"],
  ["F-02", "●", "type by content, allow-list; SVG, HTML, XML never inline; images re-encoded, metadata removed", "stage 2"],
  ["F-03", "●", "separate cookieless origin, `Content-Disposition: attachment`, nosniff, sandbox CSP", "stage 2"],
  ["F-04", "", "random storage key; no path from input", "stage 2"],
  ["F-05", "●", "each download: file → conversation → person; signed URL ≤ 5 min, bound to tenant; ids 128-bit", "stage 2"],
  ["F-06", "", "scan hook; quarantine until clean", "stage 2"],
  [
    "L-01",
    "●",
    "untrusted text (visitor, page, file, article, tool result) never decides permissions; tools run with the visitor's own rights; write tools need confirmation",
    "stage 2",
  ],
  ["L-02", "", "model output is hostile: X-01 renderer, no remote images, link allow-list", "stage 2"],
  ["L-03", "●", "retrieval filtered by tenant before ranking", "stage 2"],
  ["L-04", "", "token and cost budget per tenant; loop and length limits", "stage 2"],
  ["L-05", "", "personal data minimised, opt-out, prompts not logged in clear", "stage 2"],
  [
    "R-01",
    "",
    "limits per tenant, person, IP, route class; fair queue; what happens when the limit store is down is decided on purpose",
    "a measurement: `npm run bench`",
  ],
  ["R-02", "", "JSON ≤ 1 MB, depth ≤ 20, page ≤ 100, header limits, slow-loris time-outs"],
  ["R-03", "", "`statement_timeout`; exports through a queue"],
  ["R-04", "", "visitor message rate, proof-of-work or captcha hook for new conversations, block list"],
  ["R-05", "", "mail, SMS, push per recipient and tenant; auto-replies never quote unverified text"],
  [
    "P-01",
    "●",
    "secrets at rest (webhook, channel, TOTP, AI keys): AES-256-GCM envelope, key id, AAD = tenant + column + row, rotation job; key not in the database",
  ],
  ["P-02", "", "logs, metrics, crash reports without tokens, message bodies, e-mail, phone numbers"],
  [
    "P-03",
    "",
    "audit log append-only (INSERT only), hash chain per tenant, signed head outside the database; who, on behalf of, what, from where, result",
  ],
  ["P-04", "", "security-relevant changes (keys, webhook URL, domains, export, member, SSO, embed key) are announced to admins"],
  [
    "P-05",
    "",
    "GDPR export complete (every personal column classified), one-time link; erasure in all stores: files, search, caches, console databases, AI index, webhook log; erase ledger replayed on restore",
    "export and erasure of a person are a row of stage 2 (gdpr-erase)",
  ],
  ["P-06", "", "retention jobs"],
  [
    "P-07",
    "",
    "super-admin: own origin and role, MFA + IP or VPN, no tenant content by default; impersonation ≤ 60 min, reason, visible banner, audit, read-only, no keys, no export; break-glass alarm",
  ],
  [
    "P-08",
    "",
    "lockfile, `npm audit` high = fail, install scripts off by allow-list, SBOM, minimum versions of section 2, one of the two newest Electron majors",
  ],
  [
    "P-09",
    "",
    "TLS ≥ 1.2 incl. PostgreSQL verify-full; console rejects bad certificates, no bypass",
    "certificates of our own making for a bad server; nothing in the tree switches the check off (P-08)",
  ],
  [
    "D-01",
    "●",
    "every window: contextIsolation, sandbox (`app.enableSandbox()`), no Node in page, worker or subframe, webSecurity also in development, no experimental or Blink features, `will-attach-webview` prevented (E2–E6, E8–E12); never relaxed in tests",
  ],
  [
    "D-02",
    "●",
    "only our privileged `app:` scheme, paths resolved inside the renderer folder; CSP as header: `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' att: data:; font-src 'self'; connect-src 'none'` (browser host: `connect-src 'self'`) (E1, E7)",
  ],
  [
    "D-03",
    "●",
    "preload is one bundled file exposing `connect()` and a few typed shell calls, never `ipcRenderer` or free channel names; each receiver checks top frame, exact origin, schema and size; invalid input gets a typed error; no path, SQL or URL passthrough (E17)",
  ],
  [
    "D-04",
    "●",
    "`will-navigate`, `will-frame-navigate`, `will-redirect`, `setWindowOpenHandler` deny; origins parsed, never matched by substring (E13, E14)",
  ],
  [
    "D-05",
    "●",
    "`openExternal` in one function: https/mailto/tel after URL parse, also for menu and server-supplied links; host shown for unknown domains (E15)",
  ],
  ["D-06", "●", "permission **request and check** handlers deny all but notifications and sanitized clipboard write, for our origin (E5)"],
  [
    "D-07",
    "●",
    "fuses: RunAsNode, NODE_OPTIONS, inspect, file privileges **off**; cookie encryption, ASAR integrity, onlyLoadAppFromAsar **on**; devtools and test hooks compiled out",
  ],
  [
    "D-08",
    "●",
    "one database file per tenant and operator, mode 0600, driver seam ready for encryption; rows lost by revocation leave table, FTS (`secure-delete`) and WAL (truncate ≤ 5 s after deletes, `secure_delete`); revoked device wipes database, attachments, key; a device without hello for 14 days (tenant setting) locks; on Linux record the keyring backend, `basic_text` = not protected → consent or session-only",
  ],
  ["D-09", "", "updates signed, https, no downgrade, staged"],
  [
    "D-10",
    "",
    "notifications, attachments, deep links: safe names, never auto-open, mark-of-web; deep-link actions from an allow-list, queued until ready",
  ],
  ["D-11", "●", "assume the renderer is compromised: reach fs, child_process, other tenants' data, tokens"],
  [
    "D-12",
    "●",
    "browser host: loopback only, one-time launch token, exact Host and Origin on page and WebSocket (DNS rebinding), tokens and key never reach the page",
  ],
];

/** Parts of rows that wait for what they are about. */
const partly: Readonly<Record<string, string>> = {
  "T-11": "storage keys (files)",
  "T-12": "webhooks",
  "W-02": "the legacy form, a bare HMAC, which is not offered",
  "W-03": "upload and e-mail continuation",
  "W-09": "transcript links",
  "A-01": "a list of breached passwords beyond the common ones",
  "A-12": "API keys",
  "B-01": "nonces: no page has an inline script",
  "P-01": "rotation of the key; webhook, channel and second-factor secrets",
  "P-03": "a signed head outside the database: who can write the log and the tenant's clock can cut its end",
  "P-07": "a second factor for super-admins",
  "P-08": "`npm audit` in a pipeline, a bill of materials",
};

export const checks: readonly Check[] = rows.map(([id, blocks, what, missing]) => ({
  id,
  blocks: blocks !== "",
  what,
  ...(missing === undefined ? {} : { missing }),
  ...(partly[id] === undefined ? {} : { without: partly[id] }),
}));
