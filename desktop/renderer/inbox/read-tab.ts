import type { QueueTab } from "./conversation-list.tsx";

const tabs: readonly QueueTab[] = ["mine", "queue", "team", "closed"];

export const readTab = (value: unknown): QueueTab => tabs.find((tab) => tab === value) ?? "mine";
