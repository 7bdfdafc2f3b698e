/**
 * Longest, largest and most, for everything a person or a program may send. Contracts, columns, forms and the widget read the same
 * numbers. Lengths of text for people are characters (`lengthWithin`), of what machines write UTF-16 code units (`string.length`); sizes end
 * in `Bytes`, times in their unit.
 */
export const limits = {
  message: 10_000,
  note: 10_000,
  draft: 10_000,
  typingPreview: 500,
  clientId: 64,

  tenantName: 120,
  slug: 40,
  domain: 253,
  domainsPerTenant: 50,

  personName: 120,
  email: 254,
  phone: 32,
  company: 160,
  jobTitle: 120,
  /** Own fields of a contact, given by the widget or by the pre-chat form. */
  attributeName: 60,
  attributeValue: 500,
  attributesPerContact: 50,

  passwordShortest: 10,
  password: 200,
  deviceName: 120,
  userAgent: 400,
  zone: 64,
  url: 2_048,
  pageTitle: 300,
  pagesPerVisit: 100,

  teamName: 80,
  teamsPerMember: 20,
  roleName: 60,
  labelName: 40,
  labelsPerConversation: 20,
  labelsPerContact: 20,
  labelsPerTenant: 200,
  labelRules: 50,
  labelRuleText: 200,
  languagesPerLabelRule: 20,
  skillName: 40,
  skillsPerMember: 30,
  subject: 200,
  /** How long what is finished is kept, in whole days. */
  retentionDaysLeast: 30,
  retentionDaysMost: 3_650,
  handOverComment: 1_000,
  reason: 500,

  replyTitle: 120,
  replyText: 5_000,
  replyShortcut: 32,
  replyFolder: 60,

  taskTitle: 200,
  taskDescription: 10_000,
  comment: 5_000,
  commentsPerTask: 1_000,
  mentionsPerText: 20,
  remindersPerItem: 5,

  followupNotes: 5_000,
  followupType: 60,
  followupChain: 100,
  feedName: 60,
  feedsPerMember: 10,

  searchQuery: 200,
  filterName: 60,
  savedFiltersPerMember: 50,
  bulkItems: 100,
  pageItems: 100,

  widgetTitle: 40,
  widgetFirstLine: 80,
  widgetAway: 160,
  widgetConsent: 600,
  formLabel: 80,
  formFields: 12,
  formChoices: 30,
  holidays: 100,
  holidayName: 80,
  intervalsPerDay: 6,
  automaticReply: 1_000,

  bodyBytes: 64 * 1_024,
  socketFrameBytes: 64 * 1_024,
  logoBytes: 512 * 1_024,
  importBytes: 1_024 * 1_024,
  auditExport: 5_000,

  invitationHours: 72,
  impersonationMinutes: 60,
  tenantDeletionDays: 30,
} as const;

export type LimitName = keyof typeof limits;
