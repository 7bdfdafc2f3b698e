/** What the fake core answers to the calls of the settings pages: the template of a shop, in a third version. */
import { aliasFor } from "@switchboard/shared/model/aliases.ts";
import { defaultSettings } from "@switchboard/shared/model/templates.ts";
import { isSettingsKind } from "@switchboard/shared/model/settings.ts";
import { auditEntries, auditTypes } from "./audit.ts";
import { fakeId } from "./ids.ts";
import { labelRules } from "./people.ts";
import { minutes } from "./world.ts";

const business = { name: "Baan Mai Ceramics", site: "shop.baanmai.example", type: "shop", language: "en", zone: "Asia/Bangkok" } as const;

const sightings = [
  {
    site: "https://shop.baanmai.example",
    refused: false,
    pageUrl: "https://shop.baanmai.example/bowls",
    firstAt: minutes(900),
    lastAt: minutes(2),
  },
  { site: "https://old.baanmai.example", refused: true, pageUrl: null, firstAt: minutes(60), lastAt: minutes(30) },
];

const blockedContacts = [
  { id: fakeId("contact rude"), name: "Rudolf Grober", reason: "Insults, again and again", mayBlock: true },
  { id: fakeId("contact silent"), name: null, reason: "", mayBlock: false },
].map(({ id, name, reason, mayBlock }) => ({
  id,
  name,
  alias: aliasFor(id, "en"),
  email: null,
  phone: null,
  company: null,
  jobTitle: null,
  language: null,
  zone: null,
  city: null,
  country: null,
  attributes: {},
  verified: false,
  verifiedFields: [],
  externalId: null,
  lead: null,
  leadAt: null,
  blocked: { at: minutes(4_000), by: null, reason },
  createdAt: minutes(9_000),
  updatedAt: minutes(4_000),
  can: { edit: true, block: mayBlock },
}));

/** Undefined for a call that is not about settings. */
export function answerSettings({ tenantId, name, params, query }: Record<string, unknown>): unknown {
  switch (name) {
    case "tenants.get":
      return {
        ...business,
        id: tenantId,
        slug: "baan-mai",
        businessType: business.type,
        status: "active",
        statusReason: null,
        statusUntil: null,
        plan: "free",
        createdAt: "2026-01-05T08:00:00Z",
        can: { edit: true },
      };
    case "settings.get":
    case "settings.getVersion": {
      const { kind = "", version = "3" } = params as Record<string, string>;
      if (!isSettingsKind(kind)) return undefined;
      const settings = defaultSettings(business);
      settings.routing = { ...settings.routing, labelRules };
      settings.retention = { conversationDays: version === "3" ? 365 : 90, workDays: 730, contactDays: null };
      const document = JSON.parse(JSON.stringify(settings[kind])) as Record<string, unknown>;
      return { kind, version: Number(version), savedAt: minutes(500), savedBy: null, restoredFrom: null, document, can: { edit: true } };
    }
    case "settings.history":
      return {
        items: [3, 2, 1].map((version) => ({
          kind: "hours",
          version,
          savedAt: minutes(500 * (4 - version)),
          savedBy: null,
          restoredFrom: null,
        })),
        next: null,
      };
    case "retention.preview":
      return { conversations: 128, tasks: 1, followups: 12, contacts: 0 };
    case "audit.list":
      return { items: auditEntries, next: null };
    case "audit.types":
      return { items: auditTypes };
    case "contacts.list":
      return { items: (query as Record<string, unknown>)["blocked"] === "true" ? blockedContacts : [], next: null };
    case "widget.sightings":
      return { items: sightings };
    case "identity.secrets":
      return { items: [] };
    default:
      return undefined;
  }
}
