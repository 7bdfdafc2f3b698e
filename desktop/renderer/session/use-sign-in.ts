import { useState } from "react";
import { useCall } from "../live.tsx";
import { BridgeError } from "../port.ts";

export type SignInState = "ready" | "busy" | "missing" | "wrong" | "limited" | "no_server" | "others_unsent";

/** The same words for an unknown address and a wrong password. */
export function useSignIn(): {
  readonly state: SignInState;
  readonly submit: (input: { readonly server?: string | undefined; readonly email: string; readonly password: string }) => Promise<boolean>;
} {
  const call = useCall();
  const [state, setState] = useState<SignInState>("ready");
  return {
    state,
    async submit({ server, email, password }) {
      if (email.trim() === "" || password === "") {
        setState("missing");
        return false;
      }
      setState("busy");
      try {
        await call("session.signIn", { ...(server === undefined ? {} : { server }), email: email.trim(), password });
        setState("ready");
        return true;
      } catch (error) {
        setState(stateOf(error instanceof BridgeError ? error.code : ""));
        return false;
      }
    },
  };
}

function stateOf(code: string): SignInState {
  switch (code) {
    case "rate_limited":
      return "limited";
    case "wrong_credentials":
    case "invalid_input":
    case "unauthenticated":
      return "wrong";
    case "stale_state":
      return "others_unsent";
    default:
      return "no_server";
  }
}
