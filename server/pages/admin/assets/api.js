// Talks to the JSON API. The access token is held here, in memory, and nowhere else; the cookie that renews it no script can read.
let token = "";
let renewAt = 0;
let renewing;

/** Access lasts ten minutes; renewed before it ends. */
const freshMs = 8 * 60_000;

export class Refused extends Error {
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

const language = () => document.documentElement.lang;

async function ask(method, path, { body, bearer } = {}) {
  const answer = await fetch(path, {
    method,
    headers: {
      "accept-language": language(),
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    // Only the session's own calls need the cookie.
    credentials: path.startsWith("/admin/session") ? "same-origin" : "omit",
    cache: "no-store",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const value = text === "" ? undefined : JSON.parse(text);
  if (!answer.ok) throw new Refused(value ?? { code: "unavailable", title: String(answer.status) });
  return value;
}

function hold({ access }) {
  token = access.token;
  renewAt = performance.now() + freshMs;
}

export async function signIn(email, password) {
  hold(await ask("POST", "/admin/session", { body: { email, password } }));
}

/** Calls that come at the same moment share one exchange. */
async function renew() {
  renewing ??= ask("POST", "/admin/session/refresh", { body: {} })
    .then(hold)
    .finally(() => {
      renewing = undefined;
    });
  await renewing;
}

export async function call(method, path, body) {
  if (token === "" || performance.now() > renewAt) await renew();
  try {
    return await ask(method, path, { body, bearer: token });
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== "token_expired") throw error;
    await renew();
    return ask(method, path, { body, bearer: token });
  }
}

/** As a visitor of a tenant: with the visit's own token, which can only read. */
export const callWith = (bearer, path) => ask("GET", path, { bearer });

export async function signOut() {
  try {
    await call("DELETE", "/api/v1/platform/session");
  } finally {
    token = "";
    await ask("DELETE", "/admin/session");
  }
}

export const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
};
