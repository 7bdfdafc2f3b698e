/** What the fake core knows; stories set it out and change it. */
import type { ReplyShape } from "@switchboard/shared/api/replies.ts";
import type { InvitationToMe } from "../../../bridge/session.ts";
import { quietFacts } from "../../frame/sync-facts.ts";
import { storyNow } from "../moment.ts";
import { fakeId } from "./ids.ts";
import { cannedReplies } from "./people.ts";
import { createFollowups, createTasks, type FakeFollowup, type FakeTask } from "./work.ts";
import { createWorld, seconds, tenants, type Conversation } from "./world.ts";

/** Of a query or a command; the bridge's schemas have parsed it. */
export type Input = Record<string, unknown>;

export interface FakeState {
  conversations: Conversation[];
  drafts: Record<string, string>;
  tasks: readonly FakeTask[];
  followups: readonly FakeFollowup[];
  /** The core has nothing to say yet. */
  silent: boolean;
  /** Names of queries whose answers are still on their way. */
  late: readonly string[];
  now: number;
  session: Record<string, unknown>;
  sync: Record<string, unknown>;
  alarms: Record<string, unknown>;
  outbox: Record<string, unknown>[];
  shell: Record<string, unknown>;
  /** Names of commands that are refused, with their code: "api" for all calls of the server, "api members.list" for one. */
  refuse: Record<string, string>;
  /** Fields that the refusal names. */
  wrong: readonly { readonly at: string; readonly code: string }[];
  /** Names of commands that nothing is heard of any more. */
  unanswered: readonly string[];
  preferences: Record<string, unknown>;
  /** The canned replies of the settings. */
  canned: readonly ReplyShape[];
  /** To the person who is signed in. */
  invitations: readonly InvitationToMe[];
  nextMid: number;
  /** Sent messages are confirmed only when the line is up. */
  online: boolean;
}

/** As in the pictures: signed in, the line up, nothing waiting to be sent. */
export const createState = (): FakeState => ({
  conversations: [...createWorld()],
  drafts: {},
  tasks: createTasks(),
  followups: createFollowups(),
  silent: false,
  late: [],
  now: storyNow,
  session: {
    state: "signed-in",
    server: "https://chat.example",
    account: {
      accountId: fakeId("account napat"),
      name: "Napat Wongsawat",
      email: "napat@example.com",
      language: "en",
      zone: "Asia/Bangkok",
    },
    tenants,
    remembered: "keyring",
  },
  sync: {
    ...quietFacts,
    since: seconds(0),
    clockOffsetMs: 0,
  },
  alarms: { ringing: [], badge: 5, doNotDisturb: false, silentUntil: null, nextRingAt: null, repeatSeconds: 15, sound: "on" },
  outbox: [],
  shell: { host: "electron", platform: "linux", version: "0.1.0", update: "none", notices: "work" },
  refuse: {},
  wrong: [],
  unanswered: [],
  preferences: {},
  canned: cannedReplies,
  invitations: [],
  nextMid: 100,
  online: true,
});
