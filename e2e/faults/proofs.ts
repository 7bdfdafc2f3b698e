/**
 * Faults that a test strikes where it can be struck exactly: at every n-th write, by a clock that the test moves, inside one process. They
 * are part of `npm test`; the table of this run names them, so that the catalogue stands in one place.
 */
export interface Proof {
  id: string;
  what: string;
  /** Test files, and in each the names it must have: a renamed or deleted test is noticed (`proofs.test.ts`). */
  tests: { [file: string]: readonly string[] };
}

export const proofs: readonly Proof[] = [
  {
    id: "F8",
    what: "serialization failures, deadlocks, a conversation that somebody holds",
    tests: {
      "server/core/realtime/batcher.test.ts": ["runs a batch again whole after a deadlock, and gives up honestly"],
      "server/conversations/hot-path.test.ts": ["does not wait for a conversation that somebody else holds"],
      "server/testing/conflict.test.ts": [],
      "server/testing/concurrency.test.ts": [],
    },
  },
  {
    id: "F15",
    what: "floods, oversized and malformed frames",
    tests: {
      "server/conversations/sockets.test.ts": [
        "breaks nothing below the packets",
        "is refused by its schema, answered, and never reaches a handler",
        "closes the socket when it does not stop",
        "slows down a visitor who floods",
      ],
    },
  },
  {
    id: "F18",
    what: "the console's disk is full at every n-th write",
    tests: {
      "desktop/core/store/faults.test.ts": ["SQLITE_FULL", "at every n-th write up to the hundredth", "says so, keeps what is typed"],
    },
  },
  {
    id: "F19",
    what: "the console's disk fails at every n-th write or fsync",
    tests: { "desktop/core/store/faults.test.ts": ["SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC"] },
  },
  {
    id: "F20",
    what: "the console is killed a hundred times in the middle of its work",
    tests: { "desktop/core/store/kill.server.test.ts": ["const kills = 100"] },
  },
  {
    id: "F21",
    what: "bytes of the console's files go bad",
    tests: { "desktop/core/store/damage.test.ts": ["a damaged cache", "a damaged search index", "a damaged outbox"] },
  },
  {
    id: "F23",
    what: "a token that runs out offline, a session that ends, a device that is revoked",
    tests: {
      "desktop/core/sync/engine.test.ts": [
        "reads on, keeps what is written, and sends it after a new sign-in",
        "revoked: destroys what it has",
      ],
      "server/accounts/sessions.test.ts": ["are over after 30 idle days"],
    },
  },
  {
    id: "F24",
    what: "a hundred refreshes of one token at once, lost answers, a replayed token",
    tests: {
      "server/accounts/sessions.test.ts": [
        "give 100 identical requests at the same moment one successor",
        "give an identical retry the same successor for 30 seconds",
        "end the session at once when a token comes back whose successor was used",
      ],
      "desktop/core/sync/engine.test.ts": ["exchanges an expired token once, for all who need one"],
    },
  },
  {
    id: "F26",
    what: "offline edits that conflict, on three devices over a bad network",
    tests: {
      "desktop/core/sync/convergence.server.test.ts": [
        "converge, each reply once, refusals with their reason",
        "brings a reply back as a draft when the conversation was closed meanwhile",
        "asks once when a colleague has answered meanwhile",
      ],
    },
  },
  {
    id: "F27",
    what: "the first released console against this server, and this console against a newer server",
    tests: { "desktop/core/store/first-release.server.test.ts": ["sends what it had written", "is understood in every call"] },
  },
  {
    id: "F30",
    what: "the console's database is brought up to date and ends after any statement",
    tests: {
      "desktop/core/store/file.test.ts": [
        "has the old schema or the new one, whichever statement is the last before the end",
        "with a copy from before until it has started well",
        "of a newer console is refused and left as it is",
      ],
    },
  },
  {
    id: "F31",
    what: "Redis is lost (also in `npm run faults -- cluster`)",
    tests: { "server/conversations/cluster.test.ts": ["go on when Redis dies"] },
  },
  {
    id: "F32",
    what: "a worker dies with jobs, or was taken for dead and comes back",
    tests: {
      "server/core/jobs/worker.test.ts": ["takes over what a runner held that lives no more", "lets whoever was taken for dead come back"],
    },
  },
  {
    id: "F36",
    what: "the widget's page is left while it sends, two tabs, blocked storage",
    tests: {
      "widget/chat/outbox.test.ts": [
        "survives the page: the next one sends what this one could not",
        "is one outbox in two tabs",
        "works in memory where storage is blocked",
      ],
      "e2e/journeys/leaving.spec.ts": ["what was sent while the page was left arrives once"],
    },
  },
  {
    id: "F39",
    what: "the console's core dies while the page asks it",
    tests: {
      "desktop/renderer/port.test.ts": ["rejects calls in flight when the core dies, and subscribes live queries again"],
      "desktop/main/shell.test.ts": ["starts again with growing pauses, and asks after the third death in a minute"],
      "desktop/core/store/kill.server.test.ts": ["const kills = 100"],
    },
  },
  {
    id: "F41",
    what: "access that is lost leaves nothing on the disk",
    tests: { "desktop/core/store/removal.test.ts": ["leaves no word of its conversations on this computer"] },
  },
];

/** What the catalogue names and nothing strikes yet, with the reason. Never counts as proven. */
export const unproven: Readonly<Record<string, readonly [what: string, why: string]>> = {
  F6: ["failover to a standby", "an installation of one PostgreSQL: what devices do when the server has forgotten is F38"],
  F17: ["the server runs out of memory", "its supervisor starts it again (`deploy/`), and then it is F1"],
  F28: ["a new console against an old server", "there is one released version"],
  F29: ["a migration under load", "there is one released version, and no data so old"],
  F33: ["a webhook's address is down, slow or gone", "webhooks are not built yet"],
  F34: ["the provider of models is down or talks nonsense", "answers by a model are not built yet"],
  F35: ["an upload is interrupted", "files are not built yet"],
  F40: ["the keyring is gone", "that its secret is asked for anew is tested (`desktop/main/shell.test.ts`), what is unsent by then is not"],
};
