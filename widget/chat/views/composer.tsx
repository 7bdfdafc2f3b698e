import { lengthWithin } from "@switchboard/shared/model/length.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { Component } from "preact";
import { Icon } from "../icons.tsx";
import type { View } from "./view.ts";

/** Counted only where it may be too many: every key is pressed here. */
const over = (text: string) => (text.length > limits.message ? lengthWithin(text, limits.message) - limits.message : 0);

/** Components with a state of their own are classes here: preact's hooks would be a kilobyte more for every visitor. */
export class Composer extends Component<View, { text: string }> {
  override state = { text: this.props.act.draft("message") };
  field: HTMLTextAreaElement | null = null;

  change = (text: string) => {
    this.setState({ text });
    this.props.act.draft("message", text);
    this.props.act.typing(text);
  };

  send = () => {
    const text = this.state.text.trim();
    this.field?.focus();
    if (text === "" || over(text) > 0) return;
    this.props.act.send(text);
    this.change("");
  };

  override componentDidUpdate() {
    const { field } = this;
    // Browsers without `field-sizing` are told the height.
    if (field === null || CSS.supports("field-sizing:content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }

  override render({ config, words, act }: View, { text }: { text: string }) {
    const tooMany = over(text.trim());
    const idle = text.trim() === "" || tooMany > 0;
    return (
      <>
        {config.behaviour.typingPreview && <p class="hint">{words("composer.preview")}</p>}
        {tooMany > 0 && (
          <p class="error" id="over" role="alert">
            {words("composer.too_long", { count: tooMany })}
          </p>
        )}
        <div class="composer">
          <textarea
            data-first
            ref={(element) => void (this.field = element)}
            rows={1}
            dir="auto"
            enterkeyhint="send"
            aria-label={words("composer.write")}
            aria-invalid={tooMany > 0}
            aria-describedby="over"
            placeholder={words("composer.write")}
            value={text}
            onInput={(event) => this.change(event.currentTarget.value)}
            onBlur={() => act.typing("")}
            onKeyDown={(event) => {
              // While an input method is composing, Enter chooses a word.
              if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
              event.preventDefault();
              this.send();
            }}
          />
          <button
            type="button"
            class={idle ? "go idle" : "go"}
            aria-disabled={idle}
            aria-label={words("composer.send")}
            title={words("composer.send")}
            onClick={this.send}
          >
            <Icon name="up" />
          </button>
        </div>
      </>
    );
  }
}
