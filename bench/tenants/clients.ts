/**
 * The load generator, a process of its own: reads a conversation's messages four times and writes a note once, each time in the name of
 * another tenant. Answers are checked one by one.
 */
import { newId } from "@switchboard/server/core/ids.ts";
import { answerParent } from "../harness/children.ts";
import { createCaller } from "../harness/http.ts";
import { load } from "../harness/load.ts";
import { adminTokens, idOf, ownerOf } from "../seed/names.ts";
import { messagesEach } from "../seed/seed.ts";

interface Setting {
  url: string;
  tenants: number;
  conversations: number;
}

const { url, tenants, conversations } = JSON.parse(process.argv[2] ?? "{}") as Setting;
const callers = 12;
const { call, close } = createCaller(url, callers);
const tokenOf = await adminTokens(tenants);

let notes = 0;

async function read(conversation: number): Promise<void> {
  const id = idOf("conversation", conversation);
  const answer = await call(
    "GET",
    `/api/v1/conversations/${id}/messages?limit=${messagesEach}`,
    tokenOf[ownerOf(conversation, tenants)] ?? "",
  );
  const { items } = JSON.parse(answer.text) as { items?: { conversationId: string }[] };
  if (answer.status !== 200 || items?.length !== messagesEach || items.some((item) => item.conversationId !== id))
    throw new Error(`Reading answered ${answer.status} ${answer.text.slice(0, 200)}`);
}

async function write(conversation: number): Promise<void> {
  const id = newId();
  const path = `/api/v1/conversations/${idOf("conversation", conversation)}/notes`;
  const answer = await call("POST", path, tokenOf[ownerOf(conversation, tenants)] ?? "", { id, body: "Called back, nobody there." });
  if (answer.status !== 201 || !answer.text.includes(id)) throw new Error(`Writing answered ${answer.status} ${answer.text.slice(0, 200)}`);
  notes += 1;
}

const any = () => 1 + Math.floor(Math.random() * conversations);

/** Warm: every tenant calls once. */
async function obey(command: "warm" | { seconds: number }): Promise<object> {
  if (command === "warm") {
    let next = 1;
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (next <= tenants) await read(next++);
      }),
    );
    return { notes };
  }
  const answered = await load({ callers, seconds: command.seconds, call: (_, turn) => (turn % 5 === 4 ? write(any()) : read(any())) });
  return { ...answered, notes };
}

answerParent({}, obey, close);
