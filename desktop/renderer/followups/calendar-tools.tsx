import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkTenants } from "../tasks/use-people.tsx";
import { IconButton } from "../ui/button.tsx";
import { CalendarFeedDialog } from "./calendar-feed-dialog.tsx";
import { MyRemindersDialog } from "./my-reminders-dialog.tsx";

/** What stands in the head of the calendar beside its views: links for other calendars, and the own reminders. */
export function CalendarTools({ offline }: { readonly offline: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"links" | "reminders">();
  const tenants = useWorkTenants("followups.manage");
  if (tenants.length === 0) return null;
  const close = () => setOpen(undefined);
  return (
    <>
      <IconButton icon="link" label={t("followups.feed.title")} onClick={() => setOpen("links")} />
      <IconButton icon="bell" label={t("followups.reminders.title")} onClick={() => setOpen("reminders")} />
      {open === "links" && <CalendarFeedDialog offline={offline} onClose={close} />}
      {open === "reminders" && <MyRemindersDialog onClose={close} />}
    </>
  );
}
