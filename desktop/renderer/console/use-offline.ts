import { useLiveChosen } from "../live.tsx";

/** Whether the server cannot be reached. Before the core has said anything it is taken to be there, so that nothing flickers. */
export function useOffline(): boolean {
  return useLiveChosen("sync.state", {}, ({ link }) => link !== "online") ?? false;
}
