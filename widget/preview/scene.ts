/** The state that a scene shows: the chat's own, as it would be on somebody's site. */
import type { VisitMessage, VisitTeam } from "@switchboard/shared/api/visit-shapes.ts";
import { nothing, type State } from "../chat/state.ts";
import type { Words } from "../chat/words.ts";
import type { PreviewShow } from "./hear.ts";
import { sampleWords } from "./words.ts";

const online: VisitTeam = { state: "online", position: null, waitSeconds: 60 };

export function stateOf({ scene, config }: PreviewShow, words: Words): State {
  const common: State = { ...nothing, config, words, started: true, shown: true, team: online };
  const talked = sampleMessages(config.language, Date.parse(config.serverTime));
  const conversation = {
    id: "preview",
    status: "open" as const,
    startedAt: config.serverTime,
    lastNumber: talked.length,
    teamRead: talked.length,
    visitorRead: talked.length,
    unread: 0,
    answeredBy: { name: sampleWords[config.language].name },
  };
  switch (scene) {
    case "chat":
    case "launcher":
      return { ...common, conversation, messages: talked };
    case "form":
      // Shown also while it is switched off: the person is writing it.
      return { ...common, config: { ...config, behaviour: { ...config.behaviour, preChat: true } } };
    case "queue": {
      const asked = talked.filter(({ from }) => from === "visitor").map((message) => ({ ...message, number: 1 }));
      return {
        ...common,
        team: { state: "busy", position: config.behaviour.queuePosition ? 2 : null, waitSeconds: 110 },
        conversation: { ...conversation, lastNumber: 1, teamRead: 0, visitorRead: 1, answeredBy: null },
        messages: asked,
      };
    }
    case "away":
      return {
        ...common,
        config: { ...config, hours: { ...config.hours, state: "closed" } },
        team: { state: "closed", position: null, waitSeconds: null },
      };
  }
}

function sampleMessages(language: PreviewShow["config"]["language"], now: number): VisitMessage[] {
  const { name, answer, question, offer } = sampleWords[language];
  const lines: readonly [VisitMessage["from"], string][] = [
    ["team", answer],
    ["visitor", question],
    ["team", offer],
  ];
  return lines.map(([from, text], index) => ({
    id: `preview ${index}`,
    number: index + 1,
    from,
    name: from === "team" ? name : null,
    text,
    at: new Date(now - (lines.length - index) * 60_000).toISOString(),
  }));
}
