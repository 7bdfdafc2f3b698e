/** Operators who watch who is on the site, in a process of their own: counts the frames that they are told. */
import { io } from "socket.io-client";
import { answerParent } from "../harness/children.ts";
import { adminTokens } from "../seed/names.ts";

export interface Watch {
  url: string;
  kind: "product" | "bare";
  watchers: number;
}

const { url, kind, watchers } = JSON.parse(process.argv[2] ?? "{}") as Watch;
const [, token] = await adminTokens(1);
let frames = 0;

await Promise.all(
  Array.from({ length: watchers }, () => {
    const socket = io(kind === "product" ? `${url}/desk` : url, {
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      auth: kind === "product" ? { token } : { watches: true },
    });
    socket.on("visitors", () => (frames += 1));
    return new Promise((resolve, reject) => {
      socket.once("connect", () => resolve(undefined));
      socket.once("connect_error", reject);
    });
  }),
);

answerParent(
  {},
  () => ({ frames }),
  () => undefined,
);
