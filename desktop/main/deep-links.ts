/** Links that the system hands us, parsed and kept until somebody can show them. On Windows and Linux they come as arguments of a second start. */
import { deepLink, type DeepLink } from "./policy.ts";

export interface DeepLinks {
  /** From `open-url` (macOS). */
  open(address: string): void;
  /** From the arguments of a start: the first one that is a link of ours. */
  openFrom(args: readonly string[]): void;
  /** From now on links are shown at once; what waited is shown first. */
  ready(show: (link: DeepLink) => void): void;
}

export function createDeepLinks(): DeepLinks {
  const waiting: DeepLink[] = [];
  let show: ((link: DeepLink) => void) | undefined;
  const open = (address: string) => {
    const link = deepLink(address);
    if (link === null) return;
    if (show) show(link);
    else waiting.push(link);
  };
  return {
    open,
    openFrom(args) {
      const address = args.find((arg) => arg.startsWith("switchboard:"));
      if (address !== undefined) open(address);
    },
    ready(run) {
      show = run;
      for (const link of waiting.splice(0)) run(link);
    },
  };
}
