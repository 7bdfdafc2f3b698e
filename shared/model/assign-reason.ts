/**
 * Why a conversation belongs to whom it belongs, as it is kept with it and shown beside it: a code with what its sentence needs. By hand
 * there is no reason.
 */
import { assignReasons, type AssignReason } from "./routing.ts";

export interface PassedOn {
  code: "passed_on";
  /** Who had it and did not answer. */
  from: string;
  /** How long the visitor had waited. */
  minutes: number;
}

export type KeptReason = AssignReason | PassedOn;

export function writeReason(reason: KeptReason): string {
  return JSON.stringify(reason);
}

/** Null for nothing, and for what a newer version wrote: then nothing is shown, which is never wrong. */
export function readReason(text: string | null): KeptReason | null {
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("code" in value)) return null;
  if (value.code === "passed_on") {
    if (!("from" in value) || !("minutes" in value)) return null;
    const { from, minutes } = value;
    return typeof from === "string" && typeof minutes === "number" ? { code: "passed_on", from, minutes } : null;
  }
  const code = assignReasons.find((one) => one === value.code);
  if (code === undefined || !("teamId" in value) || !("skills" in value)) return null;
  const { teamId, skills } = value;
  if ((teamId !== null && typeof teamId !== "string") || !Array.isArray(skills)) return null;
  return { code, teamId, skills: skills.filter((skill): skill is string => typeof skill === "string") };
}
