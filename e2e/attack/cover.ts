/**
 * Which tests cover which checks. A test file says so itself, by `SECURITY T-05, T-06` in its head or in a title; so whoever moves or
 * removes a test moves or removes the claim.
 */
import { checks, type Check } from "./checks.ts";

const isTest = (path: string) => /\.(?:test|spec)\.tsx?$/.test(path);
const id = /\b[A-Z]-\d\d\b/g;

/** The ids after the word, to the end of the line. */
export function claimsIn(source: string): string[] {
  const lines = source.split("\n").flatMap((line) => /\bSECURITY ([A-Z]-\d\d.*)/.exec(line)?.[1] ?? []);
  return [...new Set(lines.flatMap((line) => line.match(id) ?? []))].toSorted();
}

/** By check, the test files that cover it. */
export function coverage(paths: readonly string[], read: (path: string) => string): Map<string, string[]> {
  const covered = new Map<string, string[]>();
  for (const path of paths.filter(isTest)) for (const one of claimsIn(read(path))) covered.set(one, [...(covered.get(one) ?? []), path]);
  return covered;
}

/** What is wrong with the claims: a check without a test, a test for a check that is none or is not built. */
export function faultsOf(covered: ReadonlyMap<string, readonly string[]>, all: readonly Check[] = checks): string[] {
  const known = new Map(all.map((check) => [check.id, check]));
  return [
    ...all
      .filter(({ blocks, missing, id: name }) => blocks && missing === undefined && !covered.has(name))
      .map(({ id: name, what }) => `${name} blocks a release and no test covers it: ${what}`),
    ...[...covered].flatMap(([name, paths]) => {
      const check = known.get(name);
      if (!check) return [`${name} is no check, but ${paths.join(" and ")} cover it`];
      return check.missing === undefined ? [] : [`${name} is said to be missing, but ${paths.join(" and ")} cover it`];
    }),
  ];
}
