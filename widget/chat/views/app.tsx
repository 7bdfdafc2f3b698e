import { now } from "../clock.ts";
import { Icon, Mark } from "../icons.tsx";
import { isNobodyThere, screenOf, type State } from "../state.ts";
import type { Actions } from "../actions.ts";
import { Composer } from "./composer.tsx";
import { Header } from "./header.tsx";
import { Log } from "./log.tsx";
import { Closed, LeaveForm, Left, Queue, Refused, StartForm } from "./screens.tsx";
import type { View } from "./view.ts";

export function App({ state, act }: { state: State; act: Actions }) {
  const { config, words } = state;
  const screen = screenOf(state);
  if (config === null || words === null)
    return (
      <main class="chat" aria-label={document.title}>
        {words !== null && state.refused !== null ? <Refused {...{ state, words }} /> : <Loading state={state} />}
      </main>
    );
  const view: View = { state, config, words, act };
  return (
    <main class="chat" aria-label={document.title}>
      <Header {...view} />
      {state.lost && (
        <output class="notice">
          <Icon name="cloudOff" />
          {words("notice.lost")}
        </output>
      )}
      {screen === "loading" && <Loading state={state} />}
      {screen === "refused" && <Refused {...view} />}
      {screen === "form" && <StartForm {...view} />}
      {screen === "leave" && <LeaveForm {...view} />}
      {screen === "left" && <Left {...view} />}
      {(screen === "chat" || screen === "closed") && (
        <>
          {screen === "chat" && waits(state) && <Queue {...view} />}
          <Log {...view} />
          {state.heldUntil !== null && (
            <output class="notice">
              <Icon name="clock" />
              {words("notice.held", { count: Math.max(1, Math.ceil((state.heldUntil - now()) / 1_000)) })}
            </output>
          )}
          <p class="typing">
            {state.typing !== null && (
              <>
                <span class="dots" aria-hidden="true">
                  <i />
                  <i />
                  <i />
                </span>
                <bdi>{state.typing.name === null ? words("typing.unnamed") : words("typing.named", { name: state.typing.name })}</bdi>
              </>
            )}
          </p>
          {screen === "chat" ? <Composer {...view} /> : <Closed {...view} />}
        </>
      )}
      <footer class="foot">
        {config.look.productName && (
          <>
            <Mark />
            {words("frame.powered")}
          </>
        )}
      </footer>
    </main>
  );
}

/** An answer ends the waiting, whether or not the queue has said so yet; and nobody waits for nobody. */
const waits = (state: State): boolean =>
  state.conversation?.answeredBy == null && state.messages.at(-1)?.from !== "team" && !isNobodyThere(state);

function Loading({ state }: { state: State }) {
  return (
    <output class="loading">
      <span class="hidden">{state.words?.("frame.loading")}</span>
      <i />
      <i />
      <i />
    </output>
  );
}
