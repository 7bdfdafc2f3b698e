/** Plain calls over kept connections: as little client as there can be, so that the server is what is measured. */
import { Agent, request } from "node:http";

export interface HttpAnswer {
  status: number;
  text: string;
}
export type HttpCall = (method: string, path: string, token: string | undefined, body?: unknown) => Promise<HttpAnswer>;

export function createCaller(url: string, connections: number): { call: HttpCall; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    call: (method, path, token, body) =>
      new Promise((resolve, reject) => {
        const payload = body === undefined ? undefined : JSON.stringify(body);
        const asked = request(url + path, {
          method,
          agent,
          headers: {
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(payload === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(payload) }),
          },
        });
        asked.on("error", reject);
        asked.on("response", (answer) => {
          let text = "";
          answer.setEncoding("utf8");
          answer.on("data", (chunk: string) => (text += chunk));
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
        });
        asked.end(payload);
      }),
    close: () => agent.destroy(),
  };
}
