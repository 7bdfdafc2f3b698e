/**
 * ARCHITECTURE §3, rules 1 to 5, as one pure function over the files of the repository: who may import whom, the order of the
 * features, no cycles, single doors. Imports that are not allowed here are forbidden; `.oxlintrc.json` says the same earlier,
 * in the editor, as far as it can.
 */
import { doors, forbiddenCode, unsafeSql } from "./doors.ts";
import { scan, type Scan, type Template } from "./scan.ts";

export interface Violation {
  rule: string;
  path: string;
  message: string;
}

/** Path from the root, with `/`, to source. README.md files belong to it. */
export type Files = ReadonlyMap<string, string>;

interface Edge {
  /** A path of this repository, or the name of a package. */
  to: string;
  inside: boolean;
  typeOnly: boolean;
}

interface House {
  paths: string[];
  scans: Map<string, Scan>;
  edges: Map<string, Edge[]>;
  features: string[];
}

export function inspect(files: Files): Violation[] {
  const house = readHouse(files);
  return [
    ...house.paths.flatMap((path) => inspectFile(path, house)),
    ...featureFolders(house, files),
    ...cycles(house),
    ...screensWithoutZod(house),
  ];
}

/** Tests, test factories and a workspace's own tools may look behind every door; nothing that ships imports them. */
const proof = [
  /\.(?:test|spec)\.tsx?$/,
  /(?:^|\/)testing\//,
  /(?:^|\/)make\.tsx?$/,
  /^(?:e2e|bench)\//,
  /^widget\/(?:build|dev)\//,
  /^desktop\/renderer\/stories\//,
];
const isProof = (path: string) => proof.some((pattern) => pattern.test(path));

/** `npm start` and its demo data: they fill the product as a test would, and production never loads them. */
const isDemo = (path: string) => path === "server/start.ts" || path.startsWith("server/demo/");

function readHouse(files: Files): House {
  const paths = [...files.keys()].filter((path) => /\.tsx?$/.test(path)).toSorted();
  const scans = new Map(paths.map((path) => [path, scan(files.get(path) ?? "")]));
  const edges = new Map(
    [...scans].map(([path, { imports }]) => [path, imports.map(({ specifier, typeOnly }) => ({ ...resolve(path, specifier), typeOnly }))]),
  );
  return { paths, scans, edges, features: featureOrder(files.get("server/features.ts") ?? "", edges.get("server/features.ts") ?? []) };
}

function resolve(from: string, specifier: string): { to: string; inside: boolean } {
  const own = /^@switchboard\/([^/]+)\/(.+)$/.exec(specifier);
  if (own) return { to: `${own[1]}/${own[2]}`, inside: true };
  if (!specifier.startsWith(".")) return { to: specifier, inside: false };
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return { to: parts.join("/"), inside: true };
}

/** The order of the list `features`, by the folders its names are imported from. */
export function featureOrder(source: string, edges: readonly { to: string }[]): string[] {
  const { bare } = scan(source);
  const list = /\bfeatures\b[^=]*=\s*\[([^\]]*)\]/.exec(bare)?.[1] ?? "";
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const folders = new Set(edges.map(({ to }) => featureOf(to)).filter((name) => name !== undefined));
  return names.flatMap((name) => {
    const from = new RegExp(String.raw`import\s*\{[^}]*\b${name}\b[^}]*\}\s*from\s*["']\./([\w-]+)/`).exec(source)?.[1];
    return from !== undefined && folders.has(from) ? [from] : [];
  });
}

const rooms = ["core", "testing", "demo"];

/** The feature a path of the server belongs to; undefined for core, testing, demo and the files at the top. */
function featureOf(path: string): string | undefined {
  const folder = /^server\/([^/]+)\//.exec(path)?.[1];
  return folder === undefined || rooms.includes(folder) ? undefined : folder;
}

function inspectFile(path: string, house: House): Violation[] {
  const found: Violation[] = [];
  const report = (rule: string, message: string) => found.push({ rule, path, message });
  const { bare, templates, joined } = house.scans.get(path) ?? scan("");

  for (const edge of house.edges.get(path) ?? []) {
    const refusal = edge.inside ? refuseInside(path, edge, house.features) : refusePackage(path, edge);
    if (refusal !== undefined) report(refusal.rule, `imports ${edge.to}: ${refusal.why}`);
  }
  if (isProof(path)) return found;
  for (const { pattern, allowed, where, why } of forbiddenCode) {
    if (where.test(path) && !allowed.test(path) && pattern.test(bare)) report("door", why);
  }
  if (!unsafeSql.allowed.test(path)) {
    for (const template of templates) if (putsValueIntoSql(template)) report("sql", unsafeSql.why);
    for (const text of joined) if (unsafeSql.looks.test(text)) report("sql", unsafeSql.why);
  }
  const room = /(?:^|\/)(src|lib|utils?|common|helpers?|services?|managers?)\//.exec(path);
  if (room) report("tree", `a folder "${room[1]}" says nothing about the product`);
  return found;
}

/** A function of literals (`${iso("row.at")}`) is text of ours; anything else might be somebody's value. */
function putsValueIntoSql({ tagged, text, expressions }: Template): boolean {
  const literalCall = /^\w+\((?:\s*(?:"[^"]*"|'[^']*')\s*,?)*\)$/;
  return !tagged && unsafeSql.looks.test(text) && expressions.some((expression) => !literalCall.test(expression));
}

interface Refusal {
  rule: string;
  why: string;
}

/** What may be imported from inside the repository. The first row whose `from` fits decides. */
const layers: { from: RegExp; to: RegExp; rule: string; why: string }[] = [
  {
    from: /^shared\/(?:model|i18n)\//,
    to: /^shared\/(?:model|i18n)\//,
    rule: "shared",
    why: "model and i18n run in the widget and stand on nothing else",
  },
  { from: /^shared\//, to: /^shared\//, rule: "shared", why: "shared is the language and knows no program" },
  { from: /^widget\//, to: /^(?:widget|shared)\//, rule: "widget", why: "the widget knows shared only" },
  { from: /^desktop\/bridge\//, to: /^(?:desktop\/bridge|shared)\//, rule: "desktop", why: "bridge knows shared only" },
  { from: /^desktop\/core\//, to: /^(?:desktop\/(?:core|bridge)|shared)\//, rule: "desktop", why: "core knows bridge and shared only" },
  {
    from: /^desktop\/renderer\//,
    to: /^(?:desktop\/(?:renderer|bridge)|shared)\//,
    rule: "desktop",
    why: "the renderer knows bridge and shared only",
  },
  {
    from: /^desktop\/host\//,
    to: /^(?:desktop\/(?:host|core|bridge)|shared)\//,
    rule: "desktop",
    why: "the host serves the renderer as files and knows core and bridge",
  },
  {
    from: /^desktop\/preload\//,
    to: /^(?:desktop\/(?:preload|bridge)|shared)\//,
    rule: "desktop",
    why: "the preload script knows bridge only",
  },
  { from: /^desktop\//, to: /^(?:desktop|shared)\//, rule: "desktop", why: "the console knows the server only through shared" },
  {
    from: /^server\/core\//,
    to: /^(?:server\/core|shared)\//,
    rule: "core",
    why: "core knows no feature, and nothing that puts features together",
  },
  {
    from: /^server\/(?:testing|demo)\//,
    to: /^(?:server|shared)\//,
    rule: "server",
    why: "the server knows its clients only through shared",
  },
  {
    from: /^server\/[^/]+\//,
    to: /^(?:server\/[^/]+\/.*|shared\/.*)$/,
    rule: "feature",
    why: "a feature knows core, shared and other features, not what puts them together",
  },
  { from: /^server\//, to: /^(?:server|shared)\//, rule: "server", why: "the server knows its clients only through shared" },
];

/** A test may drive the whole server; it still may not reach into another program. */
function refuseInside(path: string, edge: Edge, features: readonly string[]): Refusal | undefined {
  if (isProof(path)) {
    if (/^(?:e2e|bench|server\/testing)\//.test(path)) return undefined;
    const program = path.split("/")[0] ?? "";
    const allowed = program === "server" || program === "shared" ? ["server", "shared"] : [program, "shared", "server"];
    return allowed.includes(edge.to.split("/")[0] ?? "")
      ? undefined
      : { rule: program, why: "a test knows its own program, shared and the server" };
  }
  const layer = layers.find(({ from }) => from.test(path));
  if (layer !== undefined && !layer.to.test(edge.to)) return layer;
  if ((isProof(edge.to) || isDemo(edge.to)) && !isDemo(path))
    return { rule: "testing", why: "what is made for tests, for the demo or as a tool stays out of what ships" };
  if (path.startsWith("widget/") && !edge.typeOnly && /^shared\/(?:api|events|sync)\//.test(edge.to))
    return { rule: "widget", why: "contracts bring zod; the widget takes their types only" };
  return refuseFeature(path, edge, features);
}

function refuseFeature(path: string, { to }: Edge, features: readonly string[]): Refusal | undefined {
  const [here, there] = [featureOf(path), featureOf(to)];
  if (there === undefined || here === undefined || here === there) return undefined;
  if (to !== `server/${there}/index.ts`) return { rule: "feature", why: `of the feature ${there} only index.ts is for others` };
  if (features.indexOf(there) < 0 || features.indexOf(there) > features.indexOf(here))
    return { rule: "feature", why: `${there} does not stand above ${here} in server/features.ts; news upward travels as events` };
  return undefined;
}

function refusePackage(path: string, edge: Edge): Refusal | undefined {
  const name = edge.to.startsWith("@") ? edge.to.split("/").slice(0, 2).join("/") : (edge.to.split("/")[0] ?? "");
  if (name.startsWith("@switchboard")) return { rule: "workspace", why: "name the file, there is no index of a workspace" };
  if (isProof(path)) return undefined;
  const refusal = doors.find(
    (door) => door.packages.test(edge.to) && door.where.test(path) && !door.allowed.test(path) && !(door.types && edge.typeOnly),
  );
  return refusal === undefined ? undefined : { rule: refusal.rule, why: refusal.why };
}

function featureFolders({ paths, features }: House, files: Files): Violation[] {
  const folders = [...new Set(paths.map(featureOf))].filter((name) => name !== undefined);
  return folders.flatMap((name) => {
    const path = `server/${name}`;
    return [
      ...(features.includes(name) ? [] : [{ rule: "feature", path, message: "is not in the list of server/features.ts" }]),
      ...(files.has(`${path}/README.md`) ? [] : [{ rule: "feature", path, message: "has no README.md with its words and states" }]),
      ...(/export\s*\*/.test(files.get(`${path}/index.ts`) ?? "")
        ? [{ rule: "feature", path, message: "index.ts names what it gives" }]
        : []),
    ];
  });
}

/** Cycles among values; types that point at each other are erased. */
function cycles({ paths, edges }: House): Violation[] {
  const found: Violation[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: string[]) => {
    const seen = trail.indexOf(path);
    if (seen >= 0) found.push({ rule: "cycle", path, message: [...trail.slice(seen), path].join(" → ") });
    if (seen >= 0 || done.has(path)) return;
    for (const { to, inside, typeOnly } of edges.get(path) ?? []) if (inside && !typeOnly && edges.has(to)) walk(to, [...trail, path]);
    done.add(path);
  };
  for (const path of paths) walk(path, []);
  return found;
}

const screens = { "widget/": "widget", "desktop/renderer/": "desktop" };

/** Also through detours: what a browser loads must load without zod, which is heavy and asks whether it may evaluate text. */
function screensWithoutZod({ paths, edges }: House): Violation[] {
  const found: Violation[] = [];
  const walk = (path: string, trail: string[], seen: Set<string>, rule: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { to, inside, typeOnly } of edges.get(path) ?? []) {
      if (typeOnly) continue;
      if (to === "zod" || to.startsWith("zod/"))
        found.push({ rule, path: trail[0] ?? path, message: `loads zod: ${[...trail, path].join(" → ")}` });
      else if (inside) walk(to, [...trail, path], seen, rule);
    }
  };
  for (const [folder, rule] of Object.entries(screens)) {
    const seen = new Set<string>();
    for (const path of paths) if (path.startsWith(folder) && !isProof(path)) walk(path, [], seen, rule);
  }
  return found;
}
