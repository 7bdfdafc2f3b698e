/** The single doors of ARCHITECTURE §3.5 and LIBRARIES §6: which package, and which piece of code, may stand where. Data only. */

interface Door {
  rule: string;
  packages: RegExp;
  /** Where the rule holds. */
  where: RegExp;
  /** Where it is allowed. */
  allowed: RegExp;
  /** Types may be imported anywhere. */
  types?: boolean;
  why: string;
}

const nowhere = /^$/;

export const doors: Door[] = [
  // Shared: an allow list.
  {
    rule: "shared",
    packages: /^zod(?:\/|$)/,
    where: /^shared\//,
    allowed: /^shared\/(?:api|events|sync)\//,
    why: "zod stands in api, events and sync only",
  },
  {
    rule: "shared",
    packages: /^socket\.io-client$/,
    where: /^shared\//,
    allowed: /^shared\/client\//,
    why: "only shared/client talks to a server",
  },
  {
    rule: "shared",
    packages: /^(?:node:|fast-check$)/,
    where: /^shared\//,
    allowed: /^shared\/sync\/simulation\//,
    why: "shared runs in browsers; only the simulation's runner needs Node",
  },
  {
    rule: "shared",
    packages: /^(?!zod(?:\/|$)|socket\.io-client$|node:|fast-check$)/,
    where: /^shared\//,
    allowed: nowhere,
    why: "shared has no other package",
  },

  // Programs of the browser.
  {
    rule: "widget",
    packages: /^(?!preact(?:\/(?!compat)|$)|socket\.io-client$)/,
    where: /^widget\//,
    allowed: /^widget\/(?:vite\.config|build)\.ts$/,
    types: true,
    why: "the widget is preact and socket.io-client",
  },
  {
    rule: "desktop",
    packages: /^(?:node:|better-sqlite3|ws$)/,
    where: /^desktop\/(?:renderer|bridge)\//,
    allowed: nowhere,
    why: "renderer and bridge run in a browser",
  },
  {
    rule: "desktop",
    packages: /^(?:react|react-dom|@base-ui|@tanstack|i18next|react-i18next)(?:\/|$)/,
    where: /^desktop\//,
    allowed: /^desktop\/(?:renderer\/|vite\.config)/,
    why: "only the renderer draws",
  },
  {
    rule: "desktop",
    packages: /^electron(?:-updater)?(?:\/|$)/,
    where: /^desktop\//,
    allowed: /^desktop\/(?:main|preload)\//,
    types: true,
    why: "only main and preload know Electron",
  },
  {
    rule: "door",
    packages: /^(?:better-sqlite3|node:sqlite)/,
    where: /^desktop\//,
    allowed: /^desktop\/core\/store\/(?:driver|[\w-]*-driver)\.ts$/,
    types: true,
    why: "desktop/core/store/*driver.ts is the only door to SQLite",
  },
  {
    rule: "desktop",
    packages: /^zod(?:\/|$)/,
    where: /^desktop\//,
    allowed: /^desktop\/(?:bridge|core|host)\//,
    why: "messages are parsed in bridge, core and host",
  },

  // Programs of the server: one file for each outward library.
  {
    rule: "server",
    packages: /^(?:electron|preact|better-sqlite3)(?:\/|$)/,
    where: /^server\//,
    allowed: nowhere,
    why: "the server draws nothing and has one database",
  },
  {
    rule: "door",
    packages: /^nodemailer/,
    where: /^server\//,
    allowed: /^server\/core\/mail\/send\.ts$/,
    types: true,
    why: "core/mail/send.ts is the only door to mail",
  },
  {
    rule: "door",
    packages: /^socket\.io(?:$|\/)/,
    where: /^server\//,
    allowed: /^server\/core\/realtime\//,
    types: true,
    why: "core/realtime is the only door to sockets",
  },
  {
    rule: "door",
    packages: /^(?:undici|node:https?2?|node:tls)$/,
    where: /^server\//,
    allowed: /^server\/(?:[\w-]+\.ts$|core\/outbound\.ts|core\/http\/|core\/realtime\/)/,
    types: true,
    why: "core/outbound.ts is the only door to other people's addresses",
  },
  {
    rule: "door",
    packages: /^graphile-worker/,
    where: /^server\//,
    allowed: /^server\/core\/(?:jobs|database)\//,
    types: true,
    why: "core/jobs is the only door to the queue",
  },
  {
    rule: "door",
    packages: /^ioredis/,
    where: /^server\//,
    allowed: /^server\/core\/redis\.ts$/,
    types: true,
    why: "core/redis.ts is the only door to Redis",
  },
  {
    rule: "door",
    packages: /^jose/,
    where: /^server\//,
    allowed: /^server\/core\/tokens\.ts$/,
    types: true,
    why: "core/tokens.ts is the only door to signed tokens",
  },
  {
    rule: "door",
    packages: /^pg$/,
    where: /^server\//,
    allowed: /^server\/core\/database\//,
    types: true,
    why: "core/database opens connections, work() gives them out",
  },
  {
    rule: "door",
    packages: /^stripe/,
    where: /^server\//,
    allowed: /^server\/billing\/stripe\.ts$/,
    types: true,
    why: "billing/stripe.ts is the only door to Stripe",
  },
  {
    rule: "door",
    packages: /^(?:ai|@ai-sdk\/.*)$/,
    where: /^server\//,
    allowed: /^server\/assistant\/model\.ts$/,
    types: true,
    why: "assistant/model.ts is the only door to a model",
  },
];

interface ForbiddenCode {
  pattern: RegExp;
  where: RegExp;
  allowed: RegExp;
  why: string;
}

export const forbiddenCode: ForbiddenCode[] = [
  {
    pattern: /\bprocess\s*\.\s*env\s*[.[]/,
    where: /./,
    allowed: /(?:^|\/)(?:[\w-]+\.)?config\.ts$|^shared\/sync\/simulation\/run\.ts$/,
    why: "only config.ts reads the environment",
  },
  {
    // The programs hand the whole environment to readConfig and look at nothing in it.
    pattern: /\bprocess\s*\.\s*env\b/,
    where: /./,
    allowed: /(?:^|\/)(?:[\w-]+\.)?config\.ts$|^server\/[\w-]+\.ts$|^desktop\/(?:host|main)\/main\.ts$|^shared\/sync\/simulation\/run\.ts$/,
    why: "only config.ts reads the environment",
  },
  {
    pattern: /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|(?![\s(\w]))/,
    where: /./,
    allowed: /(?:^|\/)clock\.ts$|^shared\/sync\/simulation\/run\.ts$/,
    why: "the time comes from a clock that was passed in",
  },
  { pattern: /\bTemporal\s*\.\s*Now\b/, where: /./, allowed: /(?:^|\/)clock\.ts$/, why: "the time comes from a clock that was passed in" },
  {
    pattern: /\.\s*(?:transactional|begin)\s*\(/,
    where: /^server\//,
    allowed: /^server\/core\/(?:work\.ts$|database\/)/,
    why: "core/work.ts is the only door to transactions",
  },
  {
    pattern: /\.\s*fork\s*\(/,
    where: /^server\/(?!core\/)[^/]+\//,
    allowed: nowhere,
    why: "a feature works inside work(), never with an entity manager of its own",
  },
  {
    pattern: /\.\s*emit\s*\(/,
    where: /^server\/(?!core\/)[^/]+\//,
    allowed: nowhere,
    why: "core/realtime emits; a feature says what happened",
  },
  {
    pattern: /(?<![.\w])fetch\s*\(/,
    where: /^server\//,
    allowed: /^server\/core\/outbound\.ts$/,
    why: "core/outbound.ts is the only door to other people's addresses",
  },
  { pattern: /\bas\s+any\b|:\s*any\b(?!\w)/, where: /./, allowed: nowhere, why: "no any" },
];

/** Text of a statement with something put into it. Only sql`…` keeps values apart from text. */
export const unsafeSql = {
  looks:
    /^\s*\(?\s*(?:select\b[\s\S]*\b(?:from|where|set_config)\b|insert\s+into\b|update\b[\s\S]+\bset\b|delete\s+from\b|with\b[\s\S]+\bas\s*\(|truncate\b|set\s+(?:local|role|session)\b)/i,
  // Identifiers cannot be parameters: who defines tables and their triggers writes them into the text, from names in our own code.
  allowed: /^server\/core\/(?:database\/|events\/|realtime\/tail\.ts$|work\.ts$)|^server\/[\w-]+\/entities\.ts$|^desktop\/core\/store\//,
  why: "a value is put into the text of a statement; write sql`…` with the value as ${…}",
};
