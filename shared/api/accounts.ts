/** How a person comes in, and what they may do with their own account. Secrets travel in bodies, never in addresses. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { accountOnly, contract, member, platformOnly, publicly } from "./contract.ts";
import { email, id, instant, language, newId, text, zone } from "./fields.ts";
import { businessType } from "./tenants.ts";

/** A password as somebody types it: any characters, never trimmed. Whether it is a good one is decided by the server. */
const typedPassword = () => z.string().min(1).max(limits.password);
const newPassword = () => z.string().min(limits.passwordShortest).max(limits.password);
/** A secret that we handed out: of a link, a refresh token, a device. */
const secret = () =>
  z
    .string()
    .min(20)
    .max(600)
    .regex(/^[\w.-]+$/u);

export const accountShape = z.object({
  id: id("account"),
  email: z.string(),
  name: z.string(),
  language: language(),
  zone: z.string(),
  verified: z.boolean(),
  superAdmin: z.boolean(),
  createdAt: instant(),
});
export type AccountShape = z.output<typeof accountShape>;

/** A tenant that the person may open. */
export const tenantChoice = z.object({
  tenantId: id("tenant"),
  name: z.string(),
  slug: z.string(),
  status: z.enum(["active", "suspended", "deleting"]),
  memberId: id("member"),
  /** `operator`, `admin`, or the id of a custom role. */
  role: z.string(),
  roleName: z.string(),
  lastUsedAt: instant().nullable(),
});
export type TenantChoice = z.output<typeof tenantChoice>;

/** What calls carry: `Authorization: Bearer <token>`. With a tenant it speaks for the member, without one for the account alone. */
export const accessShape = z.object({
  token: z.string(),
  expiresAt: instant(),
  tenantId: id("tenant").nullable(),
  memberId: id("member").nullable(),
});
export type AccessShape = z.output<typeof accessShape>;

export const signedIn = z.object({
  account: accountShape,
  sessionId: id("session"),
  access: accessShape,
  /** Works once; the answer to `session.refresh` brings the next one. Keep it in the system's keyring. */
  refreshToken: z.string(),
  refreshExpiresAt: instant(),
  /** Says that this device signed in before; send it with the next sign-in. It opens nothing by itself. */
  deviceToken: z.string(),
  tenants: z.array(tenantChoice),
});
export type SignedIn = z.output<typeof signedIn>;

export const sessionShape = z.object({
  id: id("session"),
  /** The session that asks. */
  current: z.boolean(),
  device: z.string(),
  userAgent: z.string(),
  address: z.string(),
  createdAt: instant(),
  lastSeenAt: instant(),
  can: z.object({ end: z.boolean() }),
});
export type SessionShape = z.output<typeof sessionShape>;

const newTenant = {
  business: text(limits.tenantName),
  /** Where the widget will stand, for example `www.shop.example`. */
  site: text(limits.domain),
  businessType: businessType(),
  language: language(),
  zone: zone(),
};

const device = z.strictObject({ name: text(limits.deviceName, 0).default(""), token: secret().optional() }).default({ name: "" });
const access = z.object({ access: accessShape });

/** An open invitation as the person sees it whom it is for. */
export const invitationToMe = z.object({
  id: id("invitation"),
  tenant: z.string(),
  roleName: z.string(),
  invitedBy: z.string().nullable(),
  expiresAt: instant(),
});
export type InvitationToMe = z.output<typeof invitationToMe>;
const invitationToMeParams = z.strictObject({ invitationId: id("invitation") });

export const accountsApi = {
  signUp: contract({
    name: "accounts.signUp",
    method: "POST",
    path: "/api/v1/sign-up",
    access: publicly,
    summary: "Create a tenant with its first admin",
    description:
      "Always answers the same, whether or not the address is known; the mail tells. Open the link in it, then sign in. 403 when the installation is closed for sign-up.",
    body: z.strictObject({ ...newTenant, email: email(), password: newPassword(), name: text(limits.personName) }),
    output: z.object({ email: z.string() }),
    status: 202,
    errors: ["forbidden", "unavailable"],
    rate: "mail",
    idempotent: false,
  }),
  resendVerification: contract({
    name: "accounts.resendVerification",
    method: "POST",
    path: "/api/v1/sign-up/resend",
    access: publicly,
    summary: "Send the verification mail again",
    body: z.strictObject({ email: email() }),
    output: z.object({ email: z.string() }),
    status: 202,
    rate: "mail",
    idempotent: false,
  }),
  verifyEmail: contract({
    name: "accounts.verifyEmail",
    method: "POST",
    path: "/api/v1/sign-up/verify",
    access: publicly,
    summary: "Confirm an e-mail address with the link of the mail",
    description: "Single use, 24 hours.",
    body: z.strictObject({ secret: secret() }),
    output: z.object({ email: z.string() }),
    errors: ["link_expired"],
    rate: "sign-in",
    idempotent: false,
  }),
  signIn: contract({
    name: "accounts.signIn",
    method: "POST",
    path: "/api/v1/sign-in",
    access: publicly,
    summary: "Sign in with e-mail and password",
    description:
      "Same answer for an unknown address and a wrong password. After failures each further try waits longer (429, Retry-After); a device that signed in before, or one that just reset the password, has its own count. Without `tenantId` the tenant used last is opened; when there is none, the token speaks for the account alone.",
    body: z.strictObject({ email: email(), password: typedPassword(), tenantId: id("tenant").optional(), device }),
    output: signedIn,
    errors: ["wrong_credentials", "verification_needed", "account_suspended", "rate_limited", "unavailable"],
    rate: "sign-in",
    idempotent: false,
  }),
  refresh: contract({
    name: "session.refresh",
    method: "POST",
    path: "/api/v1/session/refresh",
    access: publicly,
    summary: "Exchange a refresh token for the next one and a new access token",
    description:
      "The old token stops; only an identical repeat within 30 seconds gets the same successor. A token that was replaced earlier ends the whole session.",
    body: z.strictObject({ refreshToken: secret(), tenantId: id("tenant").optional() }),
    output: z.object({ refreshToken: z.string(), refreshExpiresAt: instant(), access: accessShape }),
    errors: ["unauthenticated", "account_suspended", "tenant_suspended", "forbidden"],
    idempotent: false,
  }),
  openTenant: contract({
    name: "session.openTenant",
    method: "POST",
    path: "/api/v1/session/tenant",
    access: accountOnly,
    summary: "Switch to another of my tenants without signing in again",
    body: z.strictObject({ tenantId: id("tenant") }),
    output: access,
    errors: ["not_found", "tenant_suspended", "forbidden"],
    idempotent: false,
  }),
  signOut: contract({
    name: "session.signOut",
    method: "DELETE",
    path: "/api/v1/session",
    access: accountOnly,
    summary: "End this session",
    idempotent: false,
  }),
  me: contract({
    name: "me.get",
    method: "GET",
    path: "/api/v1/me",
    access: accountOnly,
    summary: "Who I am, and what I may do in the tenant of this token",
    output: z.object({ account: accountShape, tenant: tenantChoice.nullable(), permissions: z.array(z.string()) }),
  }),
  updateMe: contract({
    name: "me.update",
    method: "PATCH",
    path: "/api/v1/me",
    access: accountOnly,
    summary: "Change my name, language or time zone",
    body: z.strictObject({ name: text(limits.personName).optional(), language: language().optional(), zone: zone().optional() }),
    output: accountShape,
  }),
  myTenants: contract({
    name: "me.tenants",
    method: "GET",
    path: "/api/v1/me/tenants",
    access: accountOnly,
    summary: "Tenants that I am a member of",
    output: z.object({ items: z.array(tenantChoice) }),
  }),
  createTenant: contract({
    name: "me.createTenant",
    method: "POST",
    path: "/api/v1/me/tenants",
    access: accountOnly,
    summary: "Create a further tenant with me as its first admin",
    body: z.strictObject({ id: newId(), ...newTenant }),
    output: tenantChoice,
    status: 201,
    errors: ["forbidden", "id_reused", "verification_needed"],
    rate: "mail",
  }),
  mySessions: contract({
    name: "me.sessions",
    method: "GET",
    path: "/api/v1/me/sessions",
    access: accountOnly,
    summary: "Where I am signed in",
    output: z.object({ items: z.array(sessionShape) }),
  }),
  endMySession: contract({
    name: "me.endSession",
    method: "DELETE",
    path: "/api/v1/me/sessions/:sessionId",
    access: accountOnly,
    summary: "Sign out one of my devices",
    params: z.strictObject({ sessionId: id("session") }),
    errors: ["not_found"],
  }),
  endMyOtherSessions: contract({
    name: "me.endOtherSessions",
    method: "DELETE",
    path: "/api/v1/me/sessions",
    access: accountOnly,
    summary: "Sign out everywhere but here",
  }),
  changePassword: contract({
    name: "me.changePassword",
    method: "POST",
    path: "/api/v1/me/password",
    access: accountOnly,
    summary: "Change my password; every other session ends",
    body: z.strictObject({ current: typedPassword(), password: newPassword() }),
    errors: ["wrong_credentials", "rate_limited", "unavailable"],
    rate: "sign-in",
    idempotent: false,
  }),
  forgotPassword: contract({
    name: "password.forgotten",
    method: "POST",
    path: "/api/v1/password/forgotten",
    access: publicly,
    summary: "Ask for a mail with a link that sets a new password",
    description: "Always answers the same.",
    body: z.strictObject({ email: email() }),
    output: z.object({ email: z.string() }),
    status: 202,
    rate: "mail",
    idempotent: false,
  }),
  resetPassword: contract({
    name: "password.reset",
    method: "POST",
    path: "/api/v1/password/reset",
    access: publicly,
    summary: "Set a new password with the link of the mail; every session ends",
    description: "Single use, 30 minutes. The device token lets the next sign-in pass a delay that somebody else's failures caused.",
    body: z.strictObject({ secret: secret(), password: newPassword() }),
    output: z.object({ email: z.string(), deviceToken: z.string() }),
    errors: ["link_expired", "unavailable"],
    rate: "sign-in",
    idempotent: false,
  }),

  memberSessions: contract({
    name: "members.sessions",
    method: "GET",
    path: "/api/v1/team/members/:memberId/sessions",
    access: member("security.manage"),
    summary: "Where a member uses this tenant",
    params: z.strictObject({ memberId: id("member") }),
    output: z.object({ items: z.array(sessionShape) }),
    errors: ["not_found"],
  }),
  endMemberSession: contract({
    name: "members.endSession",
    method: "DELETE",
    path: "/api/v1/team/members/:memberId/sessions/:sessionId",
    access: member("security.manage"),
    summary: "Shut one of a member's sessions out of this tenant; they sign in again",
    params: z.strictObject({ memberId: id("member"), sessionId: id("session") }),
    errors: ["not_found", "forbidden"],
  }),
  endMemberSessions: contract({
    name: "members.endSessions",
    method: "DELETE",
    path: "/api/v1/team/members/:memberId/sessions",
    access: member("security.manage"),
    summary: "Shut all of a member's sessions out of this tenant",
    params: z.strictObject({ memberId: id("member") }),
    errors: ["not_found", "forbidden"],
  }),

  myInvitations: contract({
    name: "me.invitations",
    method: "GET",
    path: "/api/v1/me/invitations",
    access: accountOnly,
    summary: "Open invitations to my address, the one that ends first at the top",
    description: "Only of an address that is confirmed: until then there are none.",
    output: z.object({ items: z.array(invitationToMe) }),
  }),
  joinInvited: contract({
    name: "me.joinInvited",
    method: "POST",
    path: "/api/v1/me/invitations/:invitationId/acceptance",
    access: accountOnly,
    summary: "Accept an invitation to my address",
    params: invitationToMeParams,
    output: tenantChoice,
    errors: ["not_found", "already_member", "tenant_suspended", "over_limit"],
  }),
  declineInvited: contract({
    name: "me.declineInvited",
    method: "DELETE",
    path: "/api/v1/me/invitations/:invitationId",
    access: accountOnly,
    summary: "Decline an invitation to my address; its link stops working",
    params: invitationToMeParams,
    errors: ["not_found"],
  }),
  acceptInvitation: contract({
    name: "invitations.accept",
    method: "POST",
    path: "/api/v1/invitations/accept",
    access: accountOnly,
    summary: "Join the inviting tenant with the account that is signed in",
    description: "The invitation must have been sent to the account's address.",
    body: z.strictObject({ secret: secret() }),
    output: access,
    errors: ["link_expired", "forbidden", "already_member", "tenant_suspended", "over_limit"],
    rate: "sign-in",
    idempotent: false,
  }),
  acceptInvitationAsNew: contract({
    name: "invitations.acceptAsNew",
    method: "POST",
    path: "/api/v1/invitations/accept-as-new",
    access: publicly,
    summary: "Join the inviting tenant with a new account",
    description:
      "The link proves the address, so no verification follows. 409 when the address has an account already: sign in and accept.",
    body: z.strictObject({
      secret: secret(),
      name: text(limits.personName),
      password: newPassword(),
      language: language(),
      zone: zone(),
      device,
    }),
    output: signedIn,
    errors: ["link_expired", "conflict", "tenant_suspended", "unavailable", "over_limit"],
    rate: "sign-in",
    idempotent: false,
  }),

  platformSignIn: contract({
    name: "platform.signIn",
    method: "POST",
    path: "/api/v1/platform/sign-in",
    access: publicly,
    summary: "Sign in as a super-admin, for platform routes only",
    description: "Answers like a wrong password for everybody else.",
    body: z.strictObject({ email: email(), password: typedPassword(), device }),
    output: signedIn.omit({ tenants: true }),
    errors: ["wrong_credentials", "verification_needed", "account_suspended", "rate_limited", "unavailable"],
    rate: "sign-in",
    idempotent: false,
  }),
  platformRefresh: contract({
    name: "platform.refresh",
    method: "POST",
    path: "/api/v1/platform/session/refresh",
    access: publicly,
    summary: "Exchange a platform refresh token",
    body: z.strictObject({ refreshToken: secret() }),
    output: z.object({ refreshToken: z.string(), refreshExpiresAt: instant(), access: accessShape }),
    errors: ["unauthenticated", "account_suspended"],
    idempotent: false,
  }),
  platformSignOut: contract({
    name: "platform.signOut",
    method: "DELETE",
    path: "/api/v1/platform/session",
    access: platformOnly,
    summary: "End the platform session",
    idempotent: false,
  }),
};
