import type { UsageItem } from "@switchboard/shared/api/usage.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format-context.tsx";
import { useTicker } from "../../text/now.tsx";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/marks.tsx";
import { ProgressBar } from "../../ui/states.tsx";
import { PageFrame } from "../page-frame.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { useAnswer } from "../use-api.ts";
import { usageCalls } from "./people-calls.ts";
import styles from "./people.module.css";

const tones = { 80: "warn", 90: "warn", 100: "bad" } as const;

/** How much of the plan is used, when a month's limit will be reached, and what happens then. */
export function PlanPage() {
  const { t } = useTranslation();
  const { holds, go } = useSettingsPlace();
  const usage = useAnswer(
    usageCalls.get,
    {},
    {
      changes: ["usage.", "limits.", "tenant.", "member.", "team.", "role.", "reply.", "replies.", "conversation.started"],
    },
  );
  const plan = usage.data;
  return (
    <PageFrame
      id="plan"
      loaded={plan !== undefined}
      error={usage.error}
      onRetry={usage.reload}
      actions={
        holds("support.request") && (
          <Button icon="mail" onClick={() => go("support")}>
            {t("people.plan.change")}
          </Button>
        )
      }
    >
      {plan !== undefined && (
        <>
          <p>
            <Chip tone="accent">{t(`people.plan.name.${plan.plan}`)}</Chip>
          </p>
          <div className={styles.bars}>
            {plan.items.map((item) => (
              <Meter key={item.meter} item={item} />
            ))}
          </div>
        </>
      )}
    </PageFrame>
  );
}

function Meter({ item }: { readonly item: UsageItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ticker = useTicker();
  const { meter, used, limit, warning, fullAt } = item;
  const name = t(`people.meter.${meter}`);
  const tone = warning === null ? "accent" : tones[warning];
  return (
    <div>
      <div className={styles.barHead}>
        <b>{name}</b>
        {warning !== null && (
          <Chip tone={tone === "accent" ? "plain" : tone} icon={warning === 100 ? "alert" : "warning"}>
            {warning === 100 ? t("people.plan.full") : t("people.plan.nearly", { percent: warning })}
          </Chip>
        )}
        <span className="num">
          {limit === null
            ? t("people.plan.no_limit", { used: format.number(used) })
            : t("people.plan.used", { used: format.number(used), limit: format.number(limit) })}
        </span>
      </div>
      {limit !== null && <ProgressBar label={name} value={Math.min(used, limit)} max={limit} tone={tone} />}
      {limit !== null && (
        <p className={styles.help}>
          {meter === "conversations"
            ? used >= limit
              ? t("people.plan.soft_now")
              : fullAt === null
                ? t("people.plan.soft")
                : t("people.plan.forecast", { when: format.shortDate(Date.parse(fullAt), ticker.now()) })
            : used >= limit
              ? t("people.plan.hard_now")
              : t("people.plan.left", { count: limit - used })}
        </p>
      )}
    </div>
  );
}
