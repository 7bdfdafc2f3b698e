import { feature } from "../core/feature.ts";
import { digestJob } from "./digest.ts";
import { notificationTables } from "./entities.ts";
import { fallbackJob, overdueJob } from "./jobs.ts";
import { conversationNotices } from "./conversation-notices.ts";
import { notificationReactions } from "./reactions.ts";
import { tidyJob } from "./tidy.ts";
import { unseenMailJob } from "./unseen-mail.ts";
import { mailAboutUsage } from "./usage-mail.ts";
import { notificationMutations, syncedNotifications } from "./rows.ts";

export const notifications = feature({
  name: "notifications",
  tables: notificationTables,
  synced: syncedNotifications,
  mutations: notificationMutations,
  reactions: [...notificationReactions, ...conversationNotices, mailAboutUsage],
  jobs: [fallbackJob, overdueJob, digestJob, tidyJob, unseenMailJob],
});

export { forgetAbout } from "./forget.ts";
export { tell } from "./tell.ts";
