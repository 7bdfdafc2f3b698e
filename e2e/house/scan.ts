/**
 * Reads a TypeScript file as far as the house rules need it: its imports, its code without comments and strings, and its
 * template literals. TypeScript 7 has no API to ask; this scanner knows comments, strings, templates and regular expressions.
 */
export interface Import {
  specifier: string;
  /** `import type`: erased, so it creates no dependency at run time. */
  typeOnly: boolean;
}

export interface Template {
  tagged: boolean;
  /** Its text; every expression is a `${}`. */
  text: string;
  /** The source of the expressions. */
  expressions: string[];
}

export interface Scan {
  imports: Import[];
  /** The code with comments, strings and templates blanked. Line breaks stay. */
  bare: string;
  templates: Template[];
  /** Contents of string literals that are joined to something with `+`. */
  joined: string[];
}

export function scan(source: string): Scan {
  const read = lex(source);
  return { imports: findImports(read.code), bare: read.bare, templates: read.templates, joined: read.joined };
}

const statement =
  /(?:^|[\n;}])\s*(?:import|export)(?<type>\s+type\b(?!\s+from\b))?\s*(?:[\w$*{}\s,]*?)\bfrom\s*["'](?<specifier>[^"'\n]+)["']/g;
const sideEffect = /(?:^|[\n;}])\s*import\s*["'](?<specifier>[^"'\n]+)["']/g;
const call = /\b(?:import|require)\s*\(\s*["'](?<specifier>[^"'\n]+)["']/g;

function findImports(code: string): Import[] {
  const found: Import[] = [];
  for (const pattern of [statement, sideEffect, call]) {
    for (const { groups } of code.matchAll(pattern)) {
      if (groups?.["specifier"] !== undefined) found.push({ specifier: groups["specifier"], typeOnly: groups["type"] !== undefined });
    }
  }
  return found;
}

interface Lexed {
  /** Comments and templates blanked, strings kept: imports are found here. */
  code: string;
  bare: string;
  templates: Template[];
  joined: string[];
}

function lex(source: string): Lexed {
  const result: Lexed = { code: "", bare: "", templates: [], joined: [] };
  let at = 0;
  const put = (code: string, bare = code) => {
    result.code += code;
    result.bare += bare;
  };

  // Reads code up to the brace that closes the template expression we are in, or to the end of the file.
  function readCode(insideTemplate: boolean): void {
    let depth = 0;
    while (at < source.length) {
      const rest = source.slice(at, at + 2);
      const char = source.charAt(at);
      if (rest === "//" || rest === "/*") readComment(rest);
      else if (char === '"' || char === "'") readString(char);
      else if (char === "`") readTemplate();
      else if (char === "/" && startsRegex(result.bare)) readRegex();
      else {
        if (char === "{") depth += 1;
        if (char === "}") {
          if (insideTemplate && depth === 0) return;
          depth -= 1;
        }
        put(char);
        at += 1;
      }
    }
  }

  function readComment(opening: string): void {
    const end = opening === "//" ? source.indexOf("\n", at) : source.indexOf("*/", at + 2);
    const to = end < 0 ? source.length : opening === "//" ? end : end + 2;
    put(blank(source.slice(at, to)));
    at = to;
  }

  function readString(quote: string): void {
    let end = at + 1;
    while (end < source.length && source.charAt(end) !== quote && source.charAt(end) !== "\n") end += source.charAt(end) === "\\" ? 2 : 1;
    const text = source.slice(at + 1, end);
    if (/^\s*\+[^+=]/.test(source.slice(end + 1, end + 40)) || /[^+]\+\s*$/.test(result.bare.slice(-40))) result.joined.push(text);
    put(source.slice(at, end + 1), quote + blank(text) + quote);
    at = end + 1;
  }

  function readTemplate(): void {
    const template: Template = {
      tagged: /[\w$)\]>]$/.test(result.bare) && !/\b(?:return|case|in|of|await|yield)$/.test(result.bare),
      text: "",
      expressions: [],
    };
    result.templates.push(template);
    put("`");
    at += 1;
    while (at < source.length && source.charAt(at) !== "`") {
      if (source.startsWith("${", at)) {
        template.text += "${}";
        put("${");
        at += 2;
        const from = at;
        readCode(true);
        template.expressions.push(source.slice(from, at).trim());
        put("}");
        at += 1;
      } else {
        const length = source.charAt(at) === "\\" ? 2 : 1;
        template.text += source.slice(at, at + length);
        put(blank(source.slice(at, at + length)));
        at += length;
      }
    }
    put("`");
    at += 1;
  }

  function readRegex(): void {
    let end = at + 1;
    let inClass = false;
    while (end < source.length && source.charAt(end) !== "\n") {
      const char = source.charAt(end);
      if (char === "\\") end += 1;
      else if (char === "[") inClass = true;
      else if (char === "]") inClass = false;
      else if (char === "/" && !inClass) break;
      end += 1;
    }
    put(blank(source.slice(at, end + 1)));
    at = end + 1;
  }

  readCode(false);
  return result;
}

/** A slash begins a regular expression where a value may begin, and divides after a value. */
function startsRegex(before: string): boolean {
  const text = before.trimEnd();
  return text === "" || /[=(,:[!&|?{};+\-*%<>~^]$/.test(text) || /\b(?:return|typeof|case|in|of|void|delete|await)$/.test(text);
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, " ");
}
