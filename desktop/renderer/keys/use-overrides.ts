import { useMemo } from "react";
import type { CommandInput } from "../../bridge/index.ts";
import { useActs } from "../inbox/use-acts.ts";
import { useBridge, useLive } from "../live.tsx";
import { repairOverrides, type Overrides } from "./shortcuts.ts";

/** What the person changed of the keys, on this or another computer. */
export function useOverrides(): readonly [Overrides, (next: Overrides) => void] {
  const { port } = useBridge();
  const { refused } = useActs();
  const value = useLive("personal.get", { key: "shortcuts" }).data?.value;
  const overrides = useMemo(() => repairOverrides(value), [value]);
  const setOverrides = useMemo(
    () => (next: Overrides) => {
      const chosen = next as unknown as CommandInput<"personal.set">["value"]; // plain JSON, though its type does not say so
      port.command("personal.set", { key: "shortcuts", value: chosen }).catch(refused);
    },
    [port, refused],
  );
  return [overrides, setOverrides];
}
