import { initialOf } from "@switchboard/shared/model/initials.ts";
import { now } from "../clock.ts";
import { opening } from "../format.ts";
import { Icon } from "../icons.tsx";
import { availability, isNobodyThere, nameOf, type State } from "../state.ts";
import type { Words } from "../words.ts";
import type { View } from "./view.ts";

export function Header({ state, config, words, act }: View) {
  const name = nameOf(config);
  const there = !state.lost && !isNobodyThere(state);
  return (
    <header class="head">
      <span class="logo">{config.look.logoUrl === null ? initialOf(name) : <img src={config.look.logoUrl} alt="" />}</span>
      <div class="who">
        <h1>
          <bdi>{name}</bdi>
        </h1>
        <p class={there ? "state on" : "state"}>{stateInWords(state, words)}</p>
      </div>
      <button
        type="button"
        aria-pressed={state.sound}
        aria-label={words("header.sound")}
        title={words("header.sound")}
        onClick={() => act.sound(!state.sound)}
      >
        <Icon name={state.sound ? "bell" : "bellOff"} />
      </button>
      <button type="button" data-first aria-label={words("launcher.close")} title={words("launcher.close")} onClick={act.close}>
        <Icon name="x" />
      </button>
    </header>
  );
}

/** Never says more than is known: no promise of an answer without a figure, no "online" without a connection. */
export function stateInWords(state: State, words: Words): string {
  const { config, team, lost } = state;
  if (lost) return words("header.connecting");
  const at = availability(state);
  if (at === "closed") {
    const opens = config?.hours.state === "closed" ? config.hours.changesAt : null;
    return config === null || opens === null
      ? words("header.closed")
      : words("header.closed_until", { time: opening(Date.parse(opens), now(), config.hours.zone, words) });
  }
  if (at === "online" && team !== null && team.waitSeconds !== null)
    return words("header.online_wait", { count: Math.max(1, Math.ceil(team.waitSeconds / 60)) });
  return words(`header.${at}`);
}
