import { createZone } from "@switchboard/shared/model/zones.ts";
import { useState } from "react";
import { Checkbox, RadioCards, Segmented, Switch } from "../../ui/choices.tsx";
import { ColorField } from "../../ui/color-field.tsx";
import { Combobox, MultiCombobox } from "../../ui/combobox.tsx";
import { MonthGrid } from "../../ui/date-picker.tsx";
import { DateTimeField, type DateTimeValue } from "../../ui/date-time-field.tsx";
import { Field } from "../../ui/field.tsx";
import { Avatar, Chip } from "../../ui/marks.tsx";
import { Select } from "../../ui/select.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { TextArea, TextInput } from "../../ui/text-input.tsx";
import { Box, Grid, Line } from "../box.tsx";
import type { Story } from "../story.ts";

const people = [
  { value: "you", label: "You", mark: <Avatar name="Napat" size="xs" colour="steel" /> },
  { value: "mali", label: "Mali Srisuk", mark: <Avatar name="Mali" size="xs" colour="rose" /> },
  { value: "jonas", label: "Jonas Berg", mark: <Avatar name="Jonas" size="xs" colour="bronze" />, help: "Told at once" },
  { value: "aiko", label: "Aiko Mori", mark: <Avatar name="Aiko" size="xs" colour="olive" /> },
];

function Forms() {
  const [text, setText] = useState("Reserve one celadon set until Monday");
  const [mail, setMail] = useState("maximiliane@hohenfels");
  const [area, setArea] = useState("She orders today and needs a tax invoice. Keep one of the four sets aside.");
  const [who, setWho] = useState("jonas");
  const [team, setTeam] = useState<string | null>("mali");
  const [labels, setLabels] = useState<readonly string[]>(["you", "aiko"]);
  const [channel, setChannel] = useState<"phone" | "email" | "chat">("phone");
  const [priority, setPriority] = useState<"low" | "normal" | "high" | "urgent">("high");
  const [tab, setTab] = useState<"en" | "th" | "ja">("th");
  const [on, setOn] = useState(true);
  const [colour, setColour] = useState("#0A6259");
  const [weak, setWeak] = useState("#3DB873");
  const [when, setWhen] = useState<DateTimeValue>({ date: "2026-11-20", time: "17:00" });
  const [bangkok] = useState(() => createZone("Asia/Bangkok"));
  const [berlin] = useState(() => createZone("Europe/Berlin"));
  return (
    <Grid>
      <Box title="Text">
        <Field label="Title" help="Seen by your team only.">
          <TextInput value={text} onValue={setText} limit={40} />
        </Field>
        <Field label="E-mail" error="Please add the ending, for example .de">
          <TextInput value={mail} onValue={setMail} type="email" />
        </Field>
        <Field label="Description" optional={true}>
          <TextArea value={area} onValue={setArea} />
        </Field>
        <TextInput
          icon="search"
          small={true}
          value=""
          onValue={() => undefined}
          placeholder="Search tasks and contacts"
          aria-label="Search tasks and contacts"
        />
      </Box>
      <Box title="Choices from a list">
        <Field label="Assignee">
          <Select choices={people} value={who} onValue={setWho} />
        </Field>
        <Field label="Team member">
          <Combobox choices={people} value={team} onValue={setTeam} />
        </Field>
        <Field label="Watchers">
          <MultiCombobox choices={people} value={labels} onValue={setLabels} />
        </Field>
        <Line>
          <Select lead="Assignee" choices={people} value={who} onValue={setWho} aria-label="Assignee" />
          <Select small={true} choices={people} value={who} onValue={setWho} disabled={true} aria-label="Assignee, off" />
        </Line>
      </Box>
      <Box title="One of a few">
        <RadioCards
          label="Channel"
          value={channel}
          onValue={setChannel}
          cards={[
            { value: "phone", label: "Phone", icon: "phone", detail: "No number", detailTone: "warn" },
            { value: "email", label: "E-mail", icon: "mail", detail: "supansa.sri@example.com" },
            { value: "chat", label: "Chat", icon: "chat", detail: "Online now", detailTone: "ok" },
          ]}
        />
        <Segmented
          label="Priority"
          full={true}
          value={priority}
          onValue={setPriority}
          segments={[
            { value: "low", label: "Low" },
            { value: "normal", label: "Normal" },
            { value: "high", label: "High", icon: "flag" },
            { value: "urgent", label: "Urgent" },
          ]}
        />
        <Line>
          <Segmented
            label="Theme"
            value={on ? "light" : "dark"}
            onValue={(next) => setOn(next === "light")}
            segments={[
              { value: "light", label: "Light", icon: "sun", iconOnly: true },
              { value: "dark", label: "Dark", icon: "moon", iconOnly: true },
            ]}
          />
          <Segmented
            label="View"
            value="board"
            onValue={() => undefined}
            segments={[
              { value: "board", label: "Board", icon: "board" },
              { value: "list", label: "List", icon: "list" },
            ]}
          />
        </Line>
      </Box>
      <Box title="On and off">
        <Checkbox checked={on} onChecked={setOn} label="Scheduled" end="6" />
        <Checkbox checked={false} mixed={true} onChecked={setOn} label="Some of them" />
        <Checkbox checked={false} disabled={true} onChecked={setOn} label="Not available" />
        <Switch checked={on} onChecked={setOn} label="Ask before the chat" />
        <Switch checked={true} disabled={true} onChecked={setOn} label="Show “Powered by Switchboard”" />
      </Box>
      <Box title="Tabs">
        <Tabs
          label="Texts"
          value={tab}
          onValue={setTab}
          tabs={[
            { value: "en", label: "English" },
            { value: "th", label: "ไทย", lang: "th" },
            { value: "ja", label: "日本語", lang: "ja", mark: <Chip tone="warn">2 missing</Chip> },
          ]}
        >
          <p>บ้านใหม่ เซรามิก</p>
        </Tabs>
      </Box>
      <Box title="Colour">
        <ColorField
          label="Brand colour"
          value={colour}
          onValue={setColour}
          presets={[
            { hex: "#0A6259", name: "Teal" },
            { hex: "#8C3B0B", name: "Rust" },
            { hex: "#7A2C73", name: "Plum" },
          ]}
        />
        <ColorField label="Weak colour" value={weak} onValue={setWeak} presets={[]} />
      </Box>
      <Box title="Date and time">
        <DateTimeField
          label="Due"
          value={when}
          onValue={setWhen}
          zone={bangkok}
          zoneLabel="Bangkok time."
          today="2026-11-20"
          other={{ zone: berlin, say: (time) => `For Jonas in Berlin: ${time}.` }}
        />
        <MonthGrid value="2026-11-20" today="2026-11-20" onValue={() => undefined} markWeek={true} />
      </Box>
    </Grid>
  );
}

export const formStories: readonly Story[] = [{ name: "forms", view: Forms }];
