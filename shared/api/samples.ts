/** Conversations that a new tenant is shown until an admin removes them. */
import { contract, member } from "./contract.ts";

export const samplesApi = {
  remove: contract({
    name: "samples.remove",
    method: "DELETE",
    path: "/api/v1/samples",
    access: member("settings.manage"),
    summary: "Remove all sample conversations",
    description: "They go with their messages and contacts, a moment after the answer, and never come back. Tasks and follow-ups stay.",
  }),
};
