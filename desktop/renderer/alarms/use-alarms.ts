import { useEffect, useRef, useState } from "react";
import { useBridge, useBridgeEvent } from "../live.tsx";
import { whenCalm } from "../when-calm.ts";
import { createPlayer, type Player } from "./sound.ts";

/** Plays what the core rings. Says when the browser does not let it, and unlocks by a click. */
export function useAlarmSound(): { readonly blocked: boolean; readonly unlock: () => void } {
  const { port } = useBridge();
  const player = useRef<Player | undefined>(undefined);
  const [blocked, setBlocked] = useState(false);
  const get = (): Player => {
    player.current ??= createPlayer(() => new AudioContext());
    return player.current;
  };
  const unlock = () => {
    void get()
      .unlock()
      .then((may) => {
        setBlocked(!may);
        if (may) void port.command("alarms.soundUnlocked", {}).catch(() => undefined);
      });
  };
  useBridgeEvent("alarm.sound", ({ sound }) => {
    void get()
      .play(sound)
      .then((played) => setBlocked(!played));
  });
  // Any first click or key in the page is the click that the browser asks for; signing in was one.
  useEffect(() => {
    const first = () => {
      player.current ??= createPlayer(() => new AudioContext());
      void player.current.unlock().then((may) => {
        if (!may) return;
        setBlocked(false);
        void port.command("alarms.soundUnlocked", {}).catch(() => undefined);
      });
    };
    // It takes the system longer to open a way to its loudspeakers than the page to be drawn.
    if (navigator.userActivation.hasBeenActive) return whenCalm(first);
    globalThis.addEventListener("pointerdown", first, { once: true });
    globalThis.addEventListener("keydown", first, { once: true });
    return () => {
      globalThis.removeEventListener("pointerdown", first);
      globalThis.removeEventListener("keydown", first);
    };
  }, [port]);
  return { blocked, unlock };
}
