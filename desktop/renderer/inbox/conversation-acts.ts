import type { ContactField } from "./contact-dialog.tsx";

/** The acts of one open conversation, for its header, its menu and the commands of the focused pane. */
export interface ConversationActs {
  readonly snooze: () => void;
  readonly handOver: () => void;
  readonly assign: () => void;
  readonly backToQueue: () => void;
  readonly label: () => void;
  readonly labelContact: () => void;
  readonly unread: () => void;
  readonly block: () => void;
  readonly popOut: () => void;
  readonly copyLink: () => void;
  readonly closeOrReopen: () => void;
  readonly editContact: (field: ContactField) => void;
}
