/** How many checks of a part passed and failed. A part that ended badly, or that proved nothing, never counts as passed. */

export function count(part, { code, output = "", report }) {
  const counted = counters[part.checks]({ code, output, report });
  if (counted === undefined) return { passed: 0, failed: 1, note: `${part.name} did not say what it checked.` };
  if (counted.passed + counted.failed === 0) return { passed: 0, failed: 1, note: `${part.name} checked nothing.` };
  if (code !== 0 && counted.failed === 0) return { ...counted, failed: 1, note: `${part.name} ended with exit code ${code}.` };
  return counted;
}

const counters = {
  exit: ({ code }) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),

  words({ output }) {
    const last = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].pop();
    return last === undefined ? undefined : { passed: Number(last[1]), failed: Number(last[2]) };
  },

  vitest({ report }) {
    if (report === undefined) return undefined;
    // A file that could not even be loaded has no failing test in it and is a failure all the same.
    const broken = report.testResults.filter(
      (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
    );
    return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
  },

  playwright({ report }) {
    if (report === undefined) return undefined;
    const { expected, unexpected, flaky } = report.stats;
    return { passed: expected, failed: unexpected + flaky + report.errors.length };
  },
};

/** What failed, each with the first line of why: said once more at the very end, where a long run is read first. */
export function failuresOf(part, { output = "", report }) {
  return (namers[part.checks]?.({ output, report }) ?? []).map(({ name, why = "" }) => `${name}${why === "" ? "" : `: ${firstLine(why)}`}`);
}

const firstLine = (text) => withoutColours(text).trim().split("\n")[0].slice(0, 300);
// oxlint-disable-next-line no-control-regex -- the colours of a terminal are control characters
const withoutColours = (text) => text.replaceAll(/\u001B\[[\d;]*m/g, "");

const namers = {
  words: ({ output }) => [...withoutColours(output).matchAll(/^✗ .*$/gm)].map(([line]) => ({ name: line.slice(2) })),

  vitest: ({ report }) =>
    (report?.testResults ?? []).flatMap(({ name: file, status, message, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === "failed");
      if (status === "failed" && failed.length === 0) return [{ name: file, why: message }];
      return failed.map(({ fullName, failureMessages }) => ({ name: `${file} › ${fullName}`, why: failureMessages[0] }));
    }),

  playwright: ({ report }) => [
    ...specsIn(report?.suites ?? [])
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => ({
        name: `${file} › ${title}`,
        why: tests.flatMap(({ results }) => results.map(({ error }) => error?.message ?? "")).find((message) => message !== ""),
      })),
    ...(report?.errors ?? []).map(({ message }) => ({ name: "outside of a journey", why: message })),
  ],
};

const specsIn = (suites) => suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...specsIn(inner)]);

export function total(results) {
  const sum = { passed: 0, failed: 0 };
  for (const { passed, failed } of results) {
    sum.passed += passed;
    sum.failed += failed;
  }
  return sum;
}
