/** Asks the server for a report, and keeps the last answer for times without a connection. */
import { addDays, type PlainDate } from "@switchboard/shared/model/dates.ts";
import type { PeriodUnit } from "@switchboard/shared/model/report-periods.ts";
import { useEffect, useState } from "react";
import { useBridge } from "../live.tsx";
import { useRemembered } from "../memory/memory-context.tsx";
import { BridgeError } from "../port.ts";
import { keep, repairKept, reportKey } from "./kept-reports.ts";
import type { Report, ReportSubject } from "./report-blocks.ts";

export interface AskedReport {
  readonly tenantId: string | undefined;
  readonly subject: ReportSubject;
  /** How many days up to and with today. */
  readonly days: number;
  readonly by: PeriodUnit;
  readonly today: PlainDate;
  readonly offline: boolean;
}

export interface LoadedReport {
  /** The newest known answer, also an older one while a new one is on its way or cannot come. */
  readonly report: Report | undefined;
  readonly loading: boolean;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly again: () => void;
}

function rangeOf({ days, by, today }: Pick<AskedReport, "days" | "by" | "today">) {
  return { from: addDays(today, 1 - days), to: today, by };
}

export function useReport(asked: AskedReport): LoadedReport {
  const { port } = useBridge();
  const [kept, setKept] = useRemembered("reports", repairKept);
  const [state, setState] = useState<{ readonly for: string; readonly error?: LoadedReport["error"] }>();
  const [round, setRound] = useState(0);
  const { tenantId, subject, days, by, today, offline } = asked;
  const key = tenantId === undefined ? undefined : reportKey(tenantId, subject, days, by);
  const question = `${key} ${today} ${round}`;

  useEffect(() => {
    if (tenantId === undefined || key === undefined || offline) return undefined;
    let current = true;
    port.command("api", { tenantId, name: `reports.${subject}`, query: rangeOf({ days, by, today }) }).then(
      (answer) => {
        if (!current) return;
        setKept((before) => keep(before, key, answer as unknown as Report)); // presented by the contract of this name
        setState({ for: question });
      },
      (error: unknown) => {
        if (!current) return;
        const { code, message } = error instanceof BridgeError ? error : { code: "internal", message: String(error) };
        setState({ for: question, error: { code, message } });
      },
    );
    return () => {
      current = false;
    };
  }, [port, tenantId, key, subject, days, by, today, offline, question, setKept]);

  const answered = state?.for === question;
  return {
    report: key === undefined ? undefined : kept[key],
    loading: !offline && !answered,
    error: answered ? state.error : undefined,
    again: () => setRound(round + 1),
  };
}
