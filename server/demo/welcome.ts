/** What `npm start` says when all is up: addresses, logins, three things to try. */
import { demoPassword, demoTenants, napat, superAdmin } from "./people.ts";

interface Welcome {
  url: string;
  launchUrl: string;
  seconds: number;
  /** Somebody sits at a keyboard: Enter takes the server away and brings it back. */
  terminal: boolean;
}

export function welcome({ url, launchUrl, seconds, terminal }: Welcome): string {
  const [first] = demoTenants;
  const logins = [
    ...demoTenants.flatMap(({ name, admin, colleague }) =>
      [admin, ...(colleague ? [colleague] : [])].map(({ email }) => [email, `admin of ${name}`]),
    ),
    [napat.email, `operator of ${demoTenants.map(({ name }) => name).join(" and ")}`],
    [superAdmin.email, "super-admin, for the back office"],
  ];
  const addresses = [
    ["Console", launchUrl],
    ["Shop with the widget", `${url}/demo/`],
    ["Sign up a business", `${url}/signup`],
    ["Mailbox", `${url}/demo/mail`],
    ["Back office", `${url}/admin/`],
    ["Guides and API", `${url}/docs/`],
  ];
  const table = (rows: (readonly (string | undefined)[])[], width: number) =>
    rows.map(([name = "", value = ""]) => `    ${name.padEnd(width)}  ${value}`).join("\n");
  const third = terminal
    ? "Press Enter here: the server goes away. Answer in the console, it waits there. Press Enter again: it is sent, once."
    : `Sign in as ${napat.email} in another browser: two businesses in one inbox.`;
  return `
  Switchboard is running (${seconds.toFixed(1)} s). Ctrl-C stops everything.

${table(addresses, 20)}

  Logins, all with the password "${demoPassword}"

${table(logins, 28)}

  Try this
    1  Open the console and sign in as ${first?.admin.email ?? ""}. The link works once; restart for another.
    2  Open the shop beside it, click the bubble, write something: it rings in the console.
    3  ${third}
`;
}
