// oxlint-disable-next-line no-restricted-imports -- the test compares with the contract itself
import { visitApi } from "@switchboard/shared/api/visit.ts";
import { describe, expect, it } from "vitest";
import { routes, type CallName } from "./api.ts";

describe("the chat's calls", () => {
  it.each(Object.keys(routes) as CallName[])("%s goes where its contract says", (name) => {
    const [method, path] = routes[name];
    expect({ method, path: `/api/v1/visit/${path}` }).toEqual({ method: visitApi[name].method, path: visitApi[name].path });
  });
});
