import { useEffect } from "react";
import { useConsoleSetup } from "../console-context.ts";
import { useRemembered } from "../memory/memory-context.tsx";
import { applyAppearance, repairAppearance, type Appearance } from "./theme.ts";

export function useAppearance(): readonly [Appearance, (next: Appearance) => void] {
  const { root } = useConsoleSetup();
  const [appearance, setAppearance] = useRemembered("appearance", repairAppearance);
  useEffect(() => applyAppearance(root, appearance), [root, appearance]);
  return [appearance, setAppearance];
}
