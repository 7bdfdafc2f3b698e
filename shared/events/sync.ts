/** What happens to the devices of members. What they do is told by what it changes. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

export const deviceRevoked = defineEvent("device.revoked", z.object({ deviceId: z.uuid(), memberId: z.uuid() }), { subject: "deviceId" });
