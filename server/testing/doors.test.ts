/** The auth contract (SECURITY) at every kind of door that a token of ours opens. */
import { accountsApi } from "../../shared/api/accounts.ts";
import type { Contract } from "../../shared/api/contract.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { teamApi } from "../../shared/api/team.ts";
import { listenAsMember } from "../conversations/make.ts";
import { Problem } from "../core/problem.ts";
import { authContract } from "./auth-contract.ts";
import { knock } from "./knock.ts";
import type { World } from "./world.ts";

/** As bytes and not by the client, so that a token of any form gets as far as the server. */
const knockAt = (contract: Contract, body?: object) => async (world: World, token: string | undefined) => {
  const answer = await knock(world.url, contract, {
    ...(token === undefined ? {} : { token: encodeURIComponent(token) }),
    ...(body ? { body } : {}),
  });
  if (answer.status < 300) return null;
  const { code } = JSON.parse(answer.text) as { code: string };
  // Who gets as far as having their fields read is in.
  return code === "invalid_input" ? null : code;
};

authContract({ name: "HTTP as a member", who: "member", knock: knockAt(teamApi.listMembers) });
authContract({ name: "sync", who: "member", knock: knockAt(syncApi.pull, { nonsense: true }) });
authContract({ name: "HTTP as an account", who: "account", knock: knockAt(accountsApi.mySessions) });
authContract({
  name: "socket of a device",
  who: "member",
  async knock(world, token) {
    try {
      const ear = await listenAsMember(world.url, { token: token ?? "" });
      ear.close();
      return null;
    } catch (error) {
      return (error as { code?: string }).code ?? "unavailable";
    }
  },
});
authContract({
  name: "HTTP as a super-admin",
  who: "platform",
  // The door itself: the routes behind it belong to another feature.
  async knock(world, token) {
    if (token === undefined) return "unauthenticated";
    const authenticate = world.core.registry.features
      .map(({ authenticators }) => authenticators.platform)
      .find((found) => found !== undefined);
    try {
      const actor = await authenticate?.(world.core, token, { ip: "127.0.0.1", origin: undefined });
      return actor?.kind === "platform" ? null : "nobody";
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  },
});
