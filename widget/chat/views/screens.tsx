/** The screens beside the conversation itself. */
import { now } from "../clock.ts";
import { answersOf, leaveFields, leftMessage, startFields } from "../form.ts";
import { opening } from "../format.ts";
import { Icon } from "../icons.tsx";
import { isNobodyThere } from "../state.ts";
import { Form } from "./form.tsx";
import type { View } from "./view.ts";

export function StartForm(view: View) {
  const { config, words, act } = view;
  const fields = startFields(config, words);
  return (
    <div class="page">
      <p class="soft">{words("form.intro")}</p>
      <Form
        {...view}
        name="start"
        fields={fields}
        button={words("form.start")}
        send={(values) => act.begin(answersOf(fields, values), (values["consent"] ?? "") !== "")}
      />
    </div>
  );
}

export function LeaveForm(view: View) {
  const { state, config, words, act } = view;
  const byEmail = state.leaving && !isNobodyThere(state);
  const fields = leaveFields(config, words, byEmail);
  const opens = config.hours.state === "closed" ? config.hours.changesAt : null;
  return (
    <div class="page">
      <h2>{words(byEmail ? "leave.by_email" : "leave.title")}</h2>
      {!byEmail && (
        <>
          {config.texts.away !== "" && (
            <p class="soft" dir="auto">
              {config.texts.away}
            </p>
          )}
          <p class="soft">
            {opens !== null
              ? words("leave.opens", { time: opening(Date.parse(opens), now(), config.hours.zone, words) })
              : config.texts.away === "" && words("leave.soon")}
          </p>
        </>
      )}
      <Form
        {...view}
        key={String(byEmail)}
        name={byEmail ? "email" : "leave"}
        fields={fields}
        start={byEmail ? { message: words("leave.by_email_text") } : {}}
        button={words("leave.send")}
        send={(values) => act.leave(leftMessage(fields, values))}
      />
      {byEmail && (
        <button type="button" class="button alt" onClick={() => act.byEmail(false)}>
          {words("leave.back")}
        </button>
      )}
    </div>
  );
}

export function Left({ state, words, act }: View) {
  return (
    <div class="page">
      <h2>{words("left.title")}</h2>
      <output class="soft">{words("left.answer", { address: state.left ?? "" })}</output>
      <button type="button" data-first class="button" onClick={act.showConversation}>
        {words("left.show")}
      </button>
    </div>
  );
}

export function Refused({ state, words }: Pick<View, "state" | "words">) {
  const reason =
    state.refused === "visitor_blocked"
      ? "refused.blocked"
      : state.refused === "identity_required"
        ? "refused.identity"
        : state.refused === "origin_refused" || state.refused === "not_found"
          ? "refused.elsewhere"
          : "refused.suspended";
  return (
    <div class="page">
      <output class="soft">{words(reason)}</output>
    </div>
  );
}

/** Where the visitor stands in the queue, and a way out of it. */
export function Queue({ state, words, act }: View) {
  const { team } = state;
  if (team === null || team.position === null) return null;
  // Ordinals of the languages that we speak have no other forms.
  const form = new Intl.PluralRules(words.language, { type: "ordinal" }).select(team.position) as "one" | "two" | "few" | "other";
  const place = words(`queue.ordinal.${form}`, { place: team.position });
  return (
    <>
      <output class="queue">
        <span class="soft">{words("queue.place")}</span>
        <b>{place}</b>
        {team.waitSeconds !== null && (
          <span class="soft">{words("queue.wait", { count: Math.max(1, Math.ceil(team.waitSeconds / 60)) })}</span>
        )}
        {/* The nearer to the front, the fuller; the words above say it too. */}
        <span class="bar">
          <i style={{ inlineSize: `${100 / team.position}%` }} />
        </span>
      </output>
      <p class="soft ring">{words("queue.ring")}</p>
      <button type="button" class="button alt mail" onClick={() => act.byEmail(true)}>
        <Icon name="mail" />
        {words("queue.email")}
      </button>
    </>
  );
}

export function Closed({ words, act }: View) {
  return (
    <div class="closed">
      <output class="soft">{words("closed.text")}</output>
      <button type="button" data-first class="button" onClick={act.startFresh}>
        {words("closed.fresh")}
      </button>
      <button type="button" class="link" onClick={act.goOn}>
        {words("closed.go_on")}
      </button>
    </div>
  );
}
