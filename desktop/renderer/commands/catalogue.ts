/**
 * Every command of the console: what it is called (`commands` in the language files, under the same id), its sign, where it
 * works, and its default keys. Palette, menus, tooltips, the shortcut page and the key handler all read this one table. A
 * command that nobody provides at the moment is in none of them.
 *
 * `single` keys work while no field has the focus, `anywhere` keys always. `scope` says which commands may share a key.
 */
import type { IconName } from "../ui/icon-shapes.ts";

export type Scope = "everywhere" | "inbox" | "composer" | "tasks" | "followups";

export interface CommandRow {
  readonly id: string;
  readonly icon: IconName;
  readonly scope: Scope;
  readonly group: "conversation" | "list" | "panes" | "composer" | "go" | "work" | "console";
  readonly single?: string;
  readonly anywhere?: string;
  /** In a field the browser's own meaning of the key comes first (Mod Z undoes typing). */
  readonly yieldsToFields?: true;
  /** Known to the key handler and the shortcut page, but not a thing to look for in the palette: "list down". */
  readonly quiet?: true;
}

export const catalogue = [
  { id: "conversation.takeNext", icon: "inbox", scope: "everywhere", group: "conversation", single: "T", anywhere: "Mod+Shift+T" },
  { id: "conversation.nextWaiting", icon: "reply", scope: "inbox", group: "conversation", single: "W", anywhere: "Mod+J" },
  { id: "conversation.close", icon: "done", scope: "inbox", group: "conversation", single: "E" },
  { id: "conversation.snooze", icon: "snooze", scope: "inbox", group: "conversation", single: "Z" },
  { id: "conversation.unread", icon: "unread", scope: "inbox", group: "conversation", single: "U" },
  { id: "conversation.label", icon: "tag", scope: "inbox", group: "conversation", single: "L" },
  { id: "contact.label", icon: "tag", scope: "inbox", group: "conversation", single: "Shift+L" },
  { id: "conversation.assign", icon: "user", scope: "inbox", group: "conversation", single: "A" },
  { id: "conversation.handOver", icon: "transfer", scope: "inbox", group: "conversation", single: "H" },
  { id: "conversation.backToQueue", icon: "inbox", scope: "inbox", group: "conversation", single: "Shift+H" },
  { id: "conversation.block", icon: "block", scope: "inbox", group: "conversation" },
  { id: "conversation.popOut", icon: "popOut", scope: "inbox", group: "conversation" },
  { id: "conversation.copyLink", icon: "link", scope: "inbox", group: "conversation" },

  { id: "composer.reply", icon: "reply", scope: "inbox", group: "composer", single: "R" },
  { id: "composer.note", icon: "lock", scope: "inbox", group: "composer", single: "N" },
  { id: "composer.switch", icon: "transfer", scope: "inbox", group: "composer", anywhere: "Mod+Shift+N" },
  { id: "composer.send", icon: "send", scope: "composer", group: "composer", anywhere: "Mod+Enter", quiet: true },
  { id: "composer.sendAndClose", icon: "done", scope: "inbox", group: "composer", anywhere: "Mod+Shift+Enter" },
  { id: "composer.canned", icon: "canned", scope: "inbox", group: "composer", anywhere: "Mod+/" },

  { id: "work.newTask", icon: "tasks", scope: "everywhere", group: "work", single: "Shift+T" },
  { id: "work.newFollowUp", icon: "followUps", scope: "everywhere", group: "work", single: "Shift+F" },
  { id: "work.new", icon: "plus", scope: "everywhere", group: "work", single: "C" },

  { id: "list.down", icon: "chevronDown", scope: "everywhere", group: "list", single: "J", anywhere: "Alt+ArrowDown", quiet: true },
  { id: "list.up", icon: "chevronUp", scope: "everywhere", group: "list", single: "K", anywhere: "Alt+ArrowUp", quiet: true },
  { id: "list.open", icon: "chat", scope: "everywhere", group: "list", single: "Enter", quiet: true },
  { id: "list.openBeside", icon: "columns", scope: "everywhere", group: "list", single: "Shift+Enter", quiet: true },
  { id: "list.peek", icon: "visitors", scope: "inbox", group: "list", single: "Space", quiet: true },
  { id: "list.select", icon: "check", scope: "everywhere", group: "list", single: "X", quiet: true },
  { id: "list.extendDown", icon: "chevronDown", scope: "everywhere", group: "list", single: "Shift+J", quiet: true },
  { id: "list.extendUp", icon: "chevronUp", scope: "everywhere", group: "list", single: "Shift+K", quiet: true },
  { id: "list.search", icon: "search", scope: "everywhere", group: "list", single: "/" },

  { id: "pane.1", icon: "panelRight", scope: "inbox", group: "panes", single: "1", anywhere: "Mod+1", quiet: true },
  { id: "pane.2", icon: "panelRight", scope: "inbox", group: "panes", single: "2", anywhere: "Mod+2", quiet: true },
  { id: "pane.3", icon: "panelRight", scope: "inbox", group: "panes", single: "3", anywhere: "Mod+3", quiet: true },
  { id: "pane.4", icon: "panelRight", scope: "inbox", group: "panes", single: "4", anywhere: "Mod+4", quiet: true },
  { id: "pane.next", icon: "chevronRight", scope: "inbox", group: "panes", anywhere: "Ctrl+Tab", quiet: true },
  { id: "pane.previous", icon: "chevronLeft", scope: "inbox", group: "panes", anywhere: "Ctrl+Shift+Tab", quiet: true },
  { id: "pane.close", icon: "close", scope: "inbox", group: "panes", anywhere: "Mod+W" },
  { id: "pane.pin", icon: "pin", scope: "inbox", group: "panes" },
  { id: "pane.find", icon: "search", scope: "inbox", group: "panes", anywhere: "Mod+F" },
  { id: "pane.wider", icon: "chevronRight", scope: "inbox", group: "panes", single: "Shift+ArrowRight", quiet: true },
  { id: "pane.narrower", icon: "chevronLeft", scope: "inbox", group: "panes", single: "Shift+ArrowLeft", quiet: true },
  { id: "panes.1", icon: "columns", scope: "inbox", group: "panes", single: "V 1" },
  { id: "panes.2", icon: "columns", scope: "inbox", group: "panes", single: "V 2" },
  { id: "panes.3", icon: "columns", scope: "inbox", group: "panes", single: "V 3" },
  { id: "panes.4", icon: "columns", scope: "inbox", group: "panes", single: "V 4" },
  { id: "context.toggle", icon: "panelRight", scope: "inbox", group: "panes", single: "I", anywhere: "Mod+\\" },

  { id: "go.inbox", icon: "inbox", scope: "everywhere", group: "go", single: "G I" },
  { id: "go.tasks", icon: "tasks", scope: "everywhere", group: "go", single: "G T" },
  { id: "go.followUps", icon: "followUps", scope: "everywhere", group: "go", single: "G F" },
  { id: "go.reports", icon: "reports", scope: "everywhere", group: "go", single: "G R" },
  { id: "go.settings", icon: "settings", scope: "everywhere", group: "go", single: "G S", anywhere: "Mod+," },
  { id: "go.back", icon: "chevronLeft", scope: "everywhere", group: "go", anywhere: "Alt+ArrowLeft", quiet: true },
  { id: "go.forward", icon: "chevronRight", scope: "everywhere", group: "go", anywhere: "Alt+ArrowRight", quiet: true },
  { id: "tenant.all", icon: "allTenants", scope: "everywhere", group: "go", single: "G A" },
  { id: "tenant.1", icon: "allTenants", scope: "everywhere", group: "go", single: "G 1", quiet: true },
  { id: "tenant.2", icon: "allTenants", scope: "everywhere", group: "go", single: "G 2", quiet: true },
  { id: "tenant.3", icon: "allTenants", scope: "everywhere", group: "go", single: "G 3", quiet: true },
  { id: "tenant.4", icon: "allTenants", scope: "everywhere", group: "go", single: "G 4", quiet: true },
  { id: "tenant.5", icon: "allTenants", scope: "everywhere", group: "go", single: "G 5", quiet: true },
  { id: "tenant.6", icon: "allTenants", scope: "everywhere", group: "go", single: "G 6", quiet: true },
  { id: "tenant.7", icon: "allTenants", scope: "everywhere", group: "go", single: "G 7", quiet: true },
  { id: "tenant.8", icon: "allTenants", scope: "everywhere", group: "go", single: "G 8", quiet: true },
  { id: "tenant.9", icon: "allTenants", scope: "everywhere", group: "go", single: "G 9", quiet: true },

  { id: "board.move", icon: "board", scope: "tasks", group: "work", single: "M" },
  { id: "calendar.today", icon: "calendar", scope: "followups", group: "work", single: "." },
  { id: "calendar.earlier", icon: "chevronLeft", scope: "followups", group: "work", single: "ArrowLeft", quiet: true },
  { id: "calendar.later", icon: "chevronRight", scope: "followups", group: "work", single: "ArrowRight", quiet: true },
  { id: "calendar.day", icon: "calendar", scope: "followups", group: "work", single: "D" },
  { id: "calendar.week", icon: "calendar", scope: "followups", group: "work", single: "W" },
  { id: "calendar.month", icon: "calendar", scope: "followups", group: "work", single: "M" },
  { id: "calendar.list", icon: "list", scope: "followups", group: "work", single: "L" },

  { id: "palette.open", icon: "search", scope: "everywhere", group: "console", anywhere: "Mod+K", quiet: true },
  { id: "search.everywhere", icon: "search", scope: "everywhere", group: "console", anywhere: "Mod+Shift+F" },
  { id: "shortcuts.show", icon: "keyboard", scope: "everywhere", group: "console", single: "?", anywhere: "F1" },
  { id: "region.next", icon: "columns", scope: "everywhere", group: "console", anywhere: "F6", quiet: true },
  { id: "region.previous", icon: "columns", scope: "everywhere", group: "console", anywhere: "Shift+F6", quiet: true },
  { id: "rail.toggle", icon: "panelRight", scope: "everywhere", group: "console", anywhere: "Mod+B" },
  { id: "outbox.toggle", icon: "cloudUp", scope: "everywhere", group: "console", single: "O", anywhere: "Mod+Shift+O" },
  { id: "alarm.silence", icon: "volumeOff", scope: "everywhere", group: "console", anywhere: "Mod+Shift+M" },
  { id: "alarm.test", icon: "volume", scope: "everywhere", group: "console" },
  { id: "presence.toggle", icon: "user", scope: "everywhere", group: "console", anywhere: "Mod+Shift+P" },
  { id: "undo", icon: "undo", scope: "everywhere", group: "console", anywhere: "Mod+Z", yieldsToFields: true },
  { id: "theme.toggle", icon: "moon", scope: "everywhere", group: "console" },
  { id: "session.removeTenant", icon: "trash", scope: "everywhere", group: "console" },
  { id: "session.signOut", icon: "signOut", scope: "everywhere", group: "console" },
] as const satisfies readonly CommandRow[];

export type CommandId = (typeof catalogue)[number]["id"];

/** The same rows by id; the satisfies above keeps ids unique only in a test, so the last one would win here. */
export function commandRow(id: CommandId): CommandRow {
  const row = catalogue.find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`no such command: ${id}`);
  return row;
}

export function isCommandId(id: string): id is CommandId {
  return catalogue.some((row) => row.id === id);
}
