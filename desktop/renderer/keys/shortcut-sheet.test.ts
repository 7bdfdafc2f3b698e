/** The sheet of keys in the documentation is made from the table that the console reads. `vitest -u` writes it anew. */
import commands from "@switchboard/shared/i18n/commands/en.json" with { type: "json" };
import keys from "@switchboard/shared/i18n/keys/en.json" with { type: "json" };
import { expect, it } from "vitest";
import { catalogue, type CommandRow } from "../commands/catalogue.ts";

type Texts = { readonly [key: string]: Texts | string };

function titleOf(id: string): string {
  let at: Texts | string | undefined = commands;
  for (const part of [...id.split("."), "title"]) at = typeof at === "object" ? at[part] : undefined;
  if (typeof at !== "string") throw new Error(`The command ${id} has no title.`);
  return at;
}

const shown = (key: string | undefined) => (key === undefined ? "" : `\`${key.replaceAll("|", "\\|")}\``);

it("is what the documentation says", async () => {
  const rows: readonly (CommandRow & { id: string })[] = catalogue;
  const groups = Map.groupBy(rows, ({ group }) => group);
  const tables = [...groups].map(
    ([group, list]) =>
      `## ${keys.group[group]}\n\n| command | key | anywhere |\n|---|---|---|\n${list
        .map(({ id, single, anywhere }) => `| ${titleOf(id)} | ${shown(single)} | ${shown(anywhere)} |`)
        .join("\n")}`,
  );
  const page = `# Keys

\`Mod\` is Ctrl, on a Mac Cmd. The keys of the first column work while no field has the focus; \`Esc\` leaves a field. All can be changed in the console
(\`?\`), where a key that the system or the browser keeps for itself is refused with the reason. This page is made from the console's own table.

${tables.join("\n\n")}
`;
  await expect(page).toMatchFileSnapshot("../../../docs/shortcuts.md");
});
