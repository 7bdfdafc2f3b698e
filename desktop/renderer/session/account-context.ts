import { createContext, use } from "react";
import type { SessionState } from "./session-context.tsx";

export interface SignedIn {
  readonly state: SessionState;
  readonly account: NonNullable<SessionState["account"]>;
}

export const AccountContext = createContext<SignedIn | undefined>(undefined);

export function useAccount(): SignedIn {
  const signedIn = use(AccountContext);
  if (signedIn === undefined) throw new Error("nobody is signed in: wrap the page in AccountContext");
  return signedIn;
}
