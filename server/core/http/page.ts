/** Something a browser opens directly: HTML, a script, a file. Not part of the JSON API and never authenticated by a bearer token. */
import type Router from "@koa/router";
import type { Core } from "../core.ts";

export interface Page {
  name: string;
  mount(router: Router, core: Core): void;
}

export function page(name: string, mount: Page["mount"]): Page {
  return { name, mount };
}
