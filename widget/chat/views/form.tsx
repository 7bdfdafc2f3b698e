import { Component } from "preact";
import { Refusal } from "../api.ts";
import { known, refusedFields, wrong, wrongs, type Field, type Values } from "../form.ts";
import { Icon } from "../icons.tsx";
import type { WordKey } from "../words.ts";
import type { View } from "./view.ts";

interface FormProps extends View {
  name: string;
  fields: readonly Field[];
  start?: Values;
  button: string;
  send(values: Values): Promise<void>;
}
interface Filled {
  values: Values;
  problems: Partial<Record<string, WordKey | null>>;
  failed: WordKey | null;
  busy: boolean;
}

/** A form that says what is wrong under the field, after the visitor has left it, and keeps every word when it cannot be sent. */
export class Form extends Component<FormProps, Filled> {
  override state: Filled = {
    values: { ...this.props.start, ...known(this.props.state.person), ...read(this.props.act.draft(this.props.name)) },
    problems: {},
    failed: null,
    busy: false,
  };
  form: HTMLFormElement | null = null;
  /** Set while a finger or a mouse button is down; what it finds then is shown afterwards. */
  held: (() => void)[] | null = null;

  change = (key: string, value: string) => {
    const values = { ...this.state.values, [key]: value };
    this.setState({ values, problems: { ...this.state.problems, [key]: null } });
    this.props.act.draft(this.props.name, JSON.stringify(values));
  };

  left = (field: Field) => {
    const value = this.state.values[field.key] ?? "";
    const say = () => this.setState({ problems: { ...this.state.problems, [field.key]: wrong(field, value) } });
    // An empty field is only complained about when the form is sent.
    if (value.trim() === "") return;
    if (this.held === null) say();
    else this.held.push(say);
  };

  /** A line that appears between press and release would move the button away from under the pointer. */
  press = () => {
    this.held = [];
    const release = () => {
      const { held } = this;
      this.held = null;
      for (const say of held ?? []) say();
    };
    addEventListener("pointerup", () => setTimeout(release), { once: true });
  };

  point = (problems: Filled["problems"]) => {
    this.setState({ problems });
    const index = this.props.fields.findIndex(({ key }) => problems[key]);
    this.form?.querySelectorAll<HTMLElement>("[name]")[index]?.focus();
  };

  submit = async (event: Event) => {
    event.preventDefault();
    const { fields, act, name, send } = this.props;
    const { values, busy } = this.state;
    const problems = wrongs(fields, values);
    if (busy) return;
    if (Object.keys(problems).length > 0) return this.point(problems);
    this.setState({ failed: null, busy: true });
    try {
      await send(values);
      act.draft(name, "");
    } catch (error) {
      const code = error instanceof Refusal ? error.code : null;
      if (error instanceof Refusal && code === "invalid_input") this.point(refusedFields(fields, error.fields));
      this.setState({
        busy: false,
        failed: code === "invalid_input" ? "form.check" : code === "rate_limited" ? "form.slow_down" : "form.not_sent",
      });
    }
  };

  override render({ fields, words, button }: FormProps, { values, problems, failed, busy }: Filled) {
    return (
      <form ref={(element) => void (this.form = element)} noValidate onSubmit={this.submit} onPointerDown={this.press}>
        {fields.map((field, index) => {
          const { key, kind, label, required } = field;
          const problem = problems[key];
          const common = {
            id: key,
            name: key,
            dir: "auto",
            "data-first": index === 0,
            "aria-required": required,
            "aria-invalid": !!problem,
            "aria-describedby": `${key}-error`,
            value: values[key] ?? "",
            onBlur: () => this.left(field),
            onInput: (event: { currentTarget: { value: string } }) => this.change(key, event.currentTarget.value),
          } as const;
          return (
            <div key={key} class={problem ? "field wrong" : "field"}>
              {kind === "consent" ? (
                <label class="consent">
                  <input
                    {...common}
                    type="checkbox"
                    checked={!!values[key]}
                    onInput={(event) => this.change(key, event.currentTarget.checked ? "true" : "")}
                  />
                  <span dir="auto">{label}</span>
                </label>
              ) : (
                <>
                  <label for={key}>
                    <bdi>{label}</bdi> {!required && <em>{words("form.optional")}</em>}
                  </label>
                  {kind === "choice" ? (
                    <select {...common}>
                      <option value="">{words("form.choose")}</option>
                      {field.choices.map((choice) => (
                        <option key={choice}>{choice}</option>
                      ))}
                    </select>
                  ) : kind === "message" || kind === "long-text" ? (
                    <textarea {...common} rows={3} />
                  ) : (
                    <input
                      {...common}
                      inputMode={kind === "email" ? "email" : kind === "phone" ? "tel" : "text"}
                      autocomplete={complete[key] ?? "off"}
                    />
                  )}
                </>
              )}
              {problem && (
                <p class="error" id={`${key}-error`}>
                  <Icon name="alert" />
                  {words(problem)}
                </p>
              )}
            </div>
          );
        })}
        {failed !== null && (
          <p class="error" role="alert">
            <Icon name="alert" />
            {words(failed)}
          </p>
        )}
        <button type="submit" class="button" aria-disabled={busy}>
          {button}
        </button>
      </form>
    );
  }
}

const complete: Record<string, string> = { name: "name", email: "email", phone: "tel", company: "organization" };

/** A draft in this tab's storage can be anything. */
function read(draft: string): Values {
  try {
    return Object.fromEntries(Object.entries(Object(JSON.parse(draft))).map(([key, value]) => [key, String(value)]));
  } catch {
    return {};
  }
}
