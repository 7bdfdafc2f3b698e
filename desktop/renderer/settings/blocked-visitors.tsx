/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { ContactShape } from "@switchboard/shared/api/contacts.ts";
import { shownName } from "@switchboard/shared/model/aliases.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useTicker } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { Alert, Skeleton } from "../ui/states.tsx";
import { contactCalls } from "./calls.ts";
import { PlainTable } from "./people/plain-table.tsx";
import { useDeed } from "./people/use-deed.ts";
import { usePages } from "./people/use-pages.ts";
import people from "./people/people.module.css";
import { Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { useAskServer } from "./use-api.ts";
import { useErrors } from "./use-errors.ts";
import { useMemberName } from "./use-member-name.ts";

/** Everybody who is shut out now, also those whose conversations are long closed, with the way back in. */
export function BlockedVisitors() {
  const { t } = useTranslation();
  const { holds, offline } = useSettingsPlace();
  const format = useFormat();
  const now = useTicker().now();
  const ask = useAskServer();
  const deed = useDeed();
  const errors = useErrors();
  const memberName = useMemberName();
  const mayRead = holds("contacts.read");
  const blocked = usePages(contactCalls.list, { blocked: "true" }, { changes: ["contact.blocked", "contact.unblocked"], enabled: mayRead });
  if (!mayRead) return null;

  const nameOf = (contact: ContactShape) => shownName(contact, format.language).name;
  const unblock = async (contact: ContactShape) => {
    const params = { contactId: contact.id };
    await deed(
      () => ask(contactCalls.unblock, { params }),
      t("settings.blocked.unblocked", { name: nameOf(contact) }),
      () => ask(contactCalls.block, { params, body: { reason: contact.blocked?.reason ?? "" } }).then(blocked.reload),
    );
    blocked.reload();
  };
  const list = () => {
    if (blocked.error !== undefined)
      return (
        <Alert
          tone="bad"
          urgent={true}
          title={t("settings.blocked.not_loaded")}
          actions={
            <Button size="s" icon="refresh" onClick={blocked.reload}>
              {t("common.try_again")}
            </Button>
          }
        >
          {errors.sentence(blocked.error)}
        </Alert>
      );
    if (blocked.items === undefined) return <Skeleton rows={2} look="line" />;
    if (blocked.items.length === 0) return <p className={people.help}>{t("settings.blocked.nobody")}</p>;
    return (
      <PlainTable
        label={t("settings.blocked.title")}
        rows={blocked.items}
        keyOf={({ id }) => id}
        columns={[
          {
            id: "name",
            label: t("settings.blocked.name"),
            header: true,
            cell: (contact) => (
              <>
                {nameOf(contact)}
                <span className={people.small}>{contact.blocked?.reason ?? ""}</span>
              </>
            ),
          },
          {
            id: "when",
            label: t("settings.blocked.when"),
            cell: ({ blocked: since }) =>
              since !== null && (
                <>
                  <span title={format.full(Date.parse(since.at))}>{format.dayTime(Date.parse(since.at), now)}</span>
                  {since.by !== null && <span className={people.small}>{memberName(since.by)}</span>}
                </>
              ),
          },
          {
            id: "acts",
            label: t("people.acts"),
            labelHidden: true,
            cell: (contact) =>
              contact.can.block && (
                <span className={people.acts}>
                  <Button
                    size="s"
                    blocked={offline ? t("settings.read_only.offline") : undefined}
                    aria-label={t("settings.blocked.unblock_of", { name: nameOf(contact) })}
                    onClick={() => void unblock(contact)}
                  >
                    {t("settings.blocked.unblock")}
                  </Button>
                </span>
              ),
          },
        ]}
      />
    );
  };
  return (
    <Rows title={t("settings.blocked.title")}>
      {list()}
      {blocked.more !== undefined && (
        <div className={people.more}>
          <Button onClick={blocked.more}>{t("people.more")}</Button>
        </div>
      )}
    </Rows>
  );
}
