/** Where links in mails lead. The secret stands behind `#`: a browser never sends it, so it is in no log and no referrer. */
export const links = {
  verify: (publicUrl: string, secret: string) => `${publicUrl}/verify#${secret}`,
  resetPassword: (publicUrl: string, secret: string) => `${publicUrl}/reset#${secret}`,
  invitation: (publicUrl: string, secret: string) => `${publicUrl}/invite#${secret}`,
  forgotten: (publicUrl: string) => `${publicUrl}/forgotten`,
  console: (publicUrl: string) => `${publicUrl}/console`,
} as const;
