/** What happened between the messages, from the entries of the tenant's log to lines that the page has sentences for. */
import { readReason } from "@switchboard/shared/model/assign-reason.ts";
import { bareLine, type TimelineKind, type TimelineLine } from "../../bridge/inbox.ts";
import type { ConversationEvent } from "../store/event-window.ts";
import type { Shower } from "./people.ts";

type Told = Partial<Omit<TimelineLine, "id" | "at" | "afterNumber" | "kind">> & { kind: TimelineKind };

/** Null for what another event says, too. `afterNumber` says behind which message it stands, `pageAt` what the page was called on which the visitor was. */
export function lineOfEvent(
  event: ConversationEvent,
  afterNumber: number,
  shower: Shower,
  pageAt: (moment: string) => string | null,
): TimelineLine | null {
  const { id, at, byId } = event;
  const told = tell(event, shower);
  if (told === null) return null;
  // It is not in the log: what somebody looked at goes when they are erased.
  const page = told.kind === "started" ? pageAt(at) : null;
  return { ...bareLine, id, at, afterNumber, by: personOf(byId, shower), ...told, page };
}

function personOf(id: string | null, { tenant, member }: Shower): TimelineLine["by"] {
  const person = member(id);
  return person && { name: person.name, me: person.id === tenant.memberId };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : null);
const textsOf = (value: unknown) => (Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : []);

/** A type that is not here comes from a newer server: then it is only said that something changed. */
function tell({ type, byId, data }: ConversationEvent, shower: Shower): Told | null {
  const to = personOf(textOf(data["to"]), shower);
  const from = personOf(textOf(data["from"]), shower);
  const { team } = shower;
  switch (type) {
    case "conversation.started":
      return { kind: "started" };
    case "conversation.assigned":
      return assigned(data, byId, { to, from }, shower);
    case "conversation.handed_over": {
      const toTeam = team(textOf(data["toTeam"]));
      const fromTeam = data["fromTeam"] === data["toTeam"] ? null : team(textOf(data["fromTeam"]));
      return {
        kind: fromTeam === null ? "handed_over" : "handed_over_from",
        to,
        team: toTeam,
        fromTeam,
        comment: textOf(data["noteId"]) !== null,
      };
    }
    case "conversation.returned":
      return returned(textOf(data["reason"]), byId, from);
    case "conversation.passed_on":
      return { kind: "passed_on", to, from, minutes: minutesOf(data) };
    case "conversation.offered": {
      const level = data["level"];
      const minutes = minutesOf(data);
      const known = team(textOf(data["teamId"]));
      if (level === "to_team" && known !== null) return { kind: "offered_to_team", team: known, minutes };
      return { kind: level === "to_admins" ? "offered_to_admins" : "offered_to_everyone", minutes };
    }
    case "conversation.snoozed":
      return { kind: "snoozed", until: textOf(data["until"]) };
    case "conversation.reopened":
      return { kind: data["by"] === "visitor" ? "reopened_visitor" : data["by"] === "time" ? "woken" : "reopened" };
    case "conversation.closed":
      return { kind: byId === null ? "closed_idle" : "closed" };
    case "conversation.labelled":
      return labelled(textsOf(data["added"]), textsOf(data["removed"]), byId, shower);
    case "conversation.subject_set":
      return { kind: data["cleared"] === true ? "subject_cleared" : "subject_set" };
    default:
      return { kind: "other" };
  }
}

const minutesOf = ({ minutes }: ConversationEvent["data"]) => (typeof minutes === "number" ? minutes : 0);

function assigned(
  data: ConversationEvent["data"],
  byId: string | null,
  { to, from }: { to: TimelineLine["to"]; from: TimelineLine["from"] },
  { team }: Shower,
): Told | null {
  if (textOf(data["to"]) === null) return { kind: "returned", from };
  if (byId !== null && byId === data["to"]) return { kind: from === null ? "taken" : "taken_over", from };
  if (byId !== null) return { kind: "assigned", to, from };
  const reason = readReason(textOf(data["reason"]));
  // Logged by earlier servers beside the event that says it.
  if (reason?.code === "passed_on") return null;
  return { kind: "routed", to, reason: reason?.code ?? null, team: team(reason?.teamId ?? null) };
}

function returned(reason: string | null, byId: string | null, from: TimelineLine["from"]): Told {
  if (reason === "off_duty") return { kind: "returned_off_duty", from };
  if (reason === "not_here") return { kind: "returned_not_here", from };
  return { kind: reason === "removed" || byId === null ? "returned_removed" : "returned", from };
}

/** A label that is gone has no name any more. */
function labelled(added: readonly string[], removed: readonly string[], byId: string | null, shower: Shower): Told {
  const names = (ids: readonly string[]) => shower.labels(ids).map(({ name }) => name);
  const [came, went] = [names(added), names(removed)];
  if (came.length > 0 && removed.length === 0) return { kind: byId === null ? "labels_by_rule" : "labels_added", labels: came };
  if (went.length > 0 && added.length === 0) return { kind: "labels_removed", labels: went };
  return { kind: "labels_changed" };
}
