/** What the README promises a newcomer, read from its own text: commands, addresses, logins. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Address {
  /** As it stands in the README, with its port. */
  readonly url: string;
  readonly says: string;
  /** Further addresses of the same line: "the API at `/docs/api`". */
  readonly also: readonly string[];
  /** Who is said to sign in there. */
  readonly login: string | undefined;
}

export interface Readme {
  /** The lines of its shell blocks, without their comments. */
  readonly commands: readonly string[];
  readonly addresses: readonly Address[];
  readonly password: string;
  /** "`npm run demo:visitors -- 20`": what else it tells people to run while everything is up. */
  readonly meanwhile: string;
}

export function readReadme(root: string): Readme {
  const text = readFileSync(join(root, "README.md"), "utf8");
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  const addresses = [...text.matchAll(/^\| `(http:[^`]+)` \| (.+) \|$/gm)].map(([, url = "", says = ""]) => ({
    url,
    says,
    also: [...says.matchAll(/`(\/[^`]+)`/g)].map(([, path = ""]) => path),
    login: /`([^`\s]+@[^`\s]+)`/.exec(says)?.[1],
  }));
  const found = {
    commands: blocks.flatMap((block) => block.split("\n").flatMap((line) => line.split("#")[0]?.trim() || [])),
    addresses,
    password: /password `([^`]+)`/.exec(text)?.[1],
    meanwhile: /`(npm run demo:visitors[^`]*)`/.exec(text)?.[1],
  };
  const { password, meanwhile } = found;
  if (password === undefined || meanwhile === undefined || addresses.length < 5)
    throw new Error("The README has lost its table of addresses, its password or its demo visitors.");
  return { ...found, password, meanwhile };
}
