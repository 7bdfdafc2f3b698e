import type { VisitMessage } from "@switchboard/shared/api/visit-shapes.ts";
import { linkify } from "@switchboard/shared/model/text.ts";
import { Component } from "preact";
import { now } from "../clock.ts";
import { dayKey, dayOf, timeOf } from "../format.ts";
import { Icon } from "../icons.tsx";
import type { Pending } from "../outbox.ts";
import { isNobodyThere, nameOf } from "../state.ts";
import { continues } from "../thread.ts";
import type { View } from "./view.ts";

/** The messages. The log follows new ones only while it stands at its end, and never takes the focus. */
export class Log extends Component<View, { below: boolean }> {
  override state = { below: false };
  box: HTMLElement | null = null;
  atEnd = true;
  /** Distance of the view from the end, kept while older messages come in above. */
  fromEnd = 0;

  toEnd = () => this.box?.scrollTo(0, this.box.scrollHeight);

  scrolled = () => {
    const { box } = this;
    if (box === null) return;
    this.fromEnd = box.scrollHeight - box.scrollTop;
    this.atEnd = this.fromEnd - box.clientHeight < 40;
    if (this.atEnd && this.state.below) this.setState({ below: false });
  };

  override componentDidMount() {
    this.toEnd();
  }

  override componentDidUpdate({ state: before }: View) {
    const { messages, pending } = this.props.state;
    const news = messages.at(-1)?.id !== before.messages.at(-1)?.id;
    if (this.atEnd || pending.length > before.pending.length) this.toEnd();
    else if (messages[0]?.id !== before.messages[0]?.id && this.box !== null) this.box.scrollTop = this.box.scrollHeight - this.fromEnd;
    // Whether the reader stands elsewhere is only known now.
    // oxlint-disable-next-line react/no-did-update-set-state -- as said
    else if (news && messages.at(-1)?.from !== "visitor") this.setState({ below: true });
  }

  override render(view: View, { below }: { below: boolean }) {
    const { state, config, words, act } = view;
    const { pending, next, conversation } = state;
    // A new chat does not begin with the old one.
    const messages = next === "fresh" ? [] : state.messages;
    const earlier = next !== "fresh" && state.earlier;
    return (
      <div class="log-place">
        <div
          class="log"
          role="log"
          aria-label={words("log.name")}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so that the keyboard must be able to reach it
          tabIndex={0}
          ref={(element) => void (this.box = element)}
          onScroll={this.scrolled}
        >
          <i />
          {earlier ? (
            <button type="button" class="link" onClick={act.showEarlier}>
              {words("log.earlier")}
            </button>
          ) : (
            <>
              {!config.behaviour.preChat && config.texts.consent !== "" && <p class="sys">{config.texts.consent}</p>}
              {config.texts.firstLine !== "" && (
                <>
                  <p class="name">
                    <bdi>{nameOf(config)}</bdi>
                  </p>
                  <Bubble {...view} text={config.texts.firstLine} side="in" />
                </>
              )}
            </>
          )}
          {messages.map((message, index) => (
            <Message key={message.id} {...view} message={message} above={messages[index - 1]} below={messages[index + 1]} />
          ))}
          {pending.map((entry) => (
            <Waiting key={entry.id} {...view} entry={entry} />
          ))}
          {isNobodyThere(state) && conversation?.status === "open" && messages.at(-1)?.from === "visitor" && (
            <p class="sys">{config.texts.away || words("leave.soon")}</p>
          )}
        </div>
        {below && (
          <button type="button" class="newer" onClick={this.toEnd}>
            {words("log.newer")}
            <Icon name="down" />
          </button>
        )}
      </div>
    );
  }
}

interface InPlace {
  message: VisitMessage;
  above: VisitMessage | undefined;
  below: VisitMessage | undefined;
}

function Message({ message, above, below, ...view }: View & InPlace) {
  const { state, config, words } = view;
  const at = Date.parse(message.at);
  const newDay = above === undefined || dayKey(above) !== dayKey(message);
  const own = message.from === "visitor";
  const ends = below === undefined ? !own || state.pending.length === 0 : !continues(message, below) || dayKey(below) !== dayKey(message);
  const read = own && message.number <= (state.conversation?.teamRead ?? 0);
  const time = timeOf(at, words);
  return (
    <>
      {newDay && <p class="sys">{dayOf(at, now(), words)}</p>}
      {message.from === "system" ? (
        <p class="sys">{message.text}</p>
      ) : (
        <>
          {!own && (newDay || !continues(above, message)) && (
            <p class="name">
              <bdi>{message.name ?? nameOf(config)}</bdi>
              {message.name !== null && (
                <>
                  {" · "}
                  <bdi>{nameOf(config)}</bdi>
                </>
              )}
            </p>
          )}
          <Bubble {...view} text={message.text} side={own ? "me" : "in"} />
          {ends && (
            <p class={own ? "meta me" : "meta"}>
              {own && <Icon name={read ? "checks" : "check"} />}
              {own ? words(read ? "mark.read" : "mark.sent", { time }) : time}
            </p>
          )}
        </>
      )}
    </>
  );
}

/** Not yet at the server. It looks like any message until the connection is known to be lost. */
function Waiting({ entry: { id, text, refused }, ...view }: View & { entry: Pending }) {
  const { state, words, act } = view;
  return (
    <>
      <Bubble {...view} text={text} side={state.lost || refused !== null ? "me waits" : "me"} />
      <p class={refused === null ? "meta me" : "meta me bad"}>
        <Icon name={refused === null ? "clock" : "alert"} />
        {refused === null ? (
          words(state.lost ? "mark.waiting" : "mark.sending")
        ) : (
          <>
            {words(refused === "too_large" ? "mark.too_large" : "mark.refused")}
            <button type="button" class="link" onClick={() => act.retry(id)}>
              {words("mark.retry")}
            </button>
            <button type="button" class="link" onClick={() => act.discard(id)}>
              {words("mark.discard")}
            </button>
          </>
        )}
      </p>
    </>
  );
}

/** Text is text: pieces become elements, never markup. */
function Bubble({ text, side, words }: View & { text: string; side: string }) {
  return (
    <p class={`bubble ${side}`} dir="auto">
      {linkify(text).map((piece) =>
        piece.kind === "text" ? (
          piece.text
        ) : (
          <>
            <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {piece.text}
            </a>
            {piece.mismatch && <bdi> ({words("log.leads_to", { host: piece.host })})</bdi>}
          </>
        ),
      )}
    </p>
  );
}
