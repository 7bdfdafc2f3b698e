import type { FeedShape } from "@switchboard/shared/api/calendar.ts";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActs } from "../inbox/use-acts.ts";
import { useBridge } from "../live.tsx";
import { useWorkTenants } from "../tasks/use-people.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Segmented } from "../ui/choices.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { TenantTile } from "../ui/marks.tsx";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/states.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useToasts } from "../ui/toast-context.ts";
import styles from "./calendar-feed-dialog.module.css";

/** Secret addresses for calendars elsewhere: made here, shown once, withdrawn here. They live on the server, so all needs a connection. */
export function CalendarFeedDialog({ offline, onClose }: { readonly offline: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const { port } = useBridge();
  const { newId, refused } = useActs();
  const toasts = useToasts();
  const tenants = useWorkTenants("followups.manage");
  const [chosen, setChosen] = useState(tenants[0]?.tenantId);
  const tenant = tenants.find((one) => one.tenantId === chosen) ?? tenants[0];
  const tenantId = tenant?.tenantId ?? "";
  const [name, setName] = useState("");
  const [scope, setScope] = useState<FeedShape["scope"]>("mine");
  const [feeds, setFeeds] = useState<readonly FeedShape[]>();
  const [made, setMade] = useState<{ readonly id: string; readonly url: string }>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (offline || tenantId === "") return undefined;
    let current = true;
    port.command("api", { tenantId, name: "calendar.list" }).then((answer) => {
      if (current) setFeeds((answer as { items: FeedShape[] }).items); // presented by the contract of this name
    }, refused);
    return () => {
      current = false;
    };
  }, [port, tenantId, offline, refused]);

  const make = () => {
    setBusy(true);
    const body = { id: newId(), name: name.trim() === "" ? t("followups.feed.usual_name") : name, scope };
    port.command("api", { tenantId, name: "calendar.create", body }).then(
      (answer) => {
        const { url, ...feed } = answer as unknown as FeedShape & { url: string }; // presented by the contract of this name
        setFeeds((before) => [...(before ?? []), feed]);
        setMade({ id: feed.id, url });
        setName("");
        setBusy(false);
      },
      (error: unknown) => {
        setBusy(false);
        refused(error);
      },
    );
  };
  const revoke = (feed: FeedShape) => {
    port.command("api", { tenantId, name: "calendar.revoke", params: { feedId: feed.id } }).then(() => {
      setFeeds((before) => before?.filter(({ id }) => id !== feed.id));
      if (made?.id === feed.id) setMade(undefined);
      toasts.say(t("followups.feed.revoked", { name: feed.name }));
    }, refused);
  };
  const copy = (url: string) => void navigator.clipboard.writeText(url).then(() => toasts.say(t("followups.feed.copied")));
  const blocked = offline ? t("followups.feed.offline") : undefined;

  return (
    <Dialog open={true} onClose={onClose} title={t("followups.feed.title")}>
      <div className={styles.body}>
        <p className={styles.line}>{t("followups.feed.line")}</p>
        {offline && <p className={styles.warn}>{t("followups.feed.offline")}</p>}
        {tenants.length > 1 && (
          <Select
            lead={t("followups.feed.tenant")}
            aria-label={t("followups.feed.tenant")}
            value={tenant?.tenantId}
            onValue={(next) => {
              setChosen(next);
              setFeeds(undefined);
              setMade(undefined);
            }}
            choices={tenants.map((one) => ({
              value: one.tenantId,
              label: one.name,
              mark: <TenantTile letters={one.tag} colour={one.colour} small={true} />,
            }))}
          />
        )}
        <div className={styles.make}>
          <Field label={t("followups.feed.name")}>
            <TextInput value={name} onValue={setName} placeholder={t("followups.feed.usual_name")} maxLength={60} />
          </Field>
          <Segmented
            label={t("followups.feed.scope")}
            value={scope}
            onValue={setScope}
            segments={[
              { value: "mine", label: t("followups.feed.mine") },
              { value: "all", label: t("followups.feed.all") },
            ]}
          />
          <Button kind="primary" icon="plus" disabled={busy} blocked={blocked} onClick={make}>
            {t("followups.feed.make")}
          </Button>
        </div>
        {made !== undefined && (
          <div className={styles.made} role="status">
            <p>{t("followups.feed.once")}</p>
            <div className={styles.address}>
              <code>{made.url}</code>
              <Button icon="copy" onClick={() => copy(made.url)}>
                {t("common.copy")}
              </Button>
            </div>
          </div>
        )}
        {feeds === undefined ? (
          !offline && <Skeleton rows={2} look="line" />
        ) : feeds.length === 0 ? (
          <p className={styles.line}>{t("followups.feed.none")}</p>
        ) : (
          <ul className={styles.list}>
            {feeds.map((feed) => (
              <li key={feed.id}>
                <span className={styles.words}>
                  <strong>{feed.name}</strong>
                  <span>
                    {t(`followups.feed.${feed.scope}`)} ·{" "}
                    {feed.lastReadAt === null
                      ? t("followups.feed.never_read")
                      : t("followups.feed.last_read", { time: format.dayTime(Date.parse(feed.lastReadAt), now) })}
                  </span>
                </span>
                <IconButton
                  icon="trash"
                  label={t("followups.feed.revoke", { name: feed.name })}
                  disabled={offline}
                  onClick={() => revoke(feed)}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
