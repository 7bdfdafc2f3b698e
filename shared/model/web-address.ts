/** The one place that takes web addresses apart. `URL` is in every runtime we ship to, but not in this folder's type libraries. */
declare const URL: {
  new (
    address: string,
    base?: string,
  ): {
    href: string;
    protocol: string;
    username: string;
    password: string;
    hostname: string;
    port: string;
    pathname: string;
    search: string;
    hash: string;
  };
};

export interface WebAddress {
  /** Written out by the standard: host in ASCII, path escaped. */
  href: string;
  /** Without the colon: `https`, `mailto`. */
  scheme: string;
  /** ASCII, lower case; names in other scripts as `xn--…`. Empty for `mailto:` and `tel:`. */
  host: string;
  /** Empty when it is the scheme's own. */
  port: string;
  path: string;
  hasUser: boolean;
}

export function parseWebAddress(text: string): WebAddress | null {
  try {
    const url = new URL(text);
    return {
      href: url.href,
      scheme: url.protocol.slice(0, -1),
      host: url.hostname,
      port: url.port,
      path: url.pathname,
      hasUser: url.username !== "" || url.password !== "",
    };
  } catch {
    return null;
  }
}
