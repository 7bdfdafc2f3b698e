/**
 * The console's window: comes back where it was, hides to the tray instead of closing, because alarms go on from there, and says so the
 * first time. Electron's window is handed in.
 */
import type { Bounds } from "./bounds.ts";

export interface ShellWindow {
  on(event: "resize" | "move" | "focus" | "closed", run: () => void): unknown;
  on(event: "close", run: (event: { preventDefault(): void }) => void): unknown;
  getNormalBounds(): Bounds;
  isMinimized(): boolean;
  isMaximized(): boolean;
  minimize(): void;
  maximize(): void;
  unmaximize(): void;
  restore(): void;
  show(): void;
  hide(): void;
  focus(): void;
  close(): void;
  flashFrame(on: boolean): void;
}

export interface MainWindowParts {
  make(): Promise<ShellWindow>;
  isQuitting(): boolean;
  saveBounds(bounds: Bounds): void;
  /** Runs later and answers how to call it off. */
  later(run: () => void, ms: number): () => void;
  /** Once on this computer: that closing only hides it. */
  explainHiding(): void;
}

export interface MainWindow {
  open(): Promise<void>;
  show(): void;
  act(action: "minimize" | "maximize" | "close"): void;
  flash(): void;
  /** Before the end: what was moved in the last moment is kept too. */
  keepBounds(): void;
}

const settledMs = 500;

export function createMainWindow({ make, isQuitting, saveBounds, later, explainHiding }: MainWindowParts): MainWindow {
  let window: ShellWindow | undefined;
  let opening: Promise<void> | undefined;
  let callOff: (() => void) | undefined;

  function keepBounds(): void {
    callOff?.();
    callOff = undefined;
    if (window) saveBounds(window.getNormalBounds());
  }

  function moved(): void {
    callOff?.();
    callOff = later(keepBounds, settledMs);
  }

  async function openOne(): Promise<void> {
    const made = await make();
    window = made;
    made.on("resize", moved);
    made.on("move", moved);
    made.on("focus", () => made.flashFrame(false));
    made.on("close", (event) => {
      if (isQuitting()) return;
      event.preventDefault();
      made.hide();
      explainHiding();
    });
    made.on("closed", () => {
      callOff?.();
      callOff = undefined;
      if (window === made) window = undefined;
    });
  }

  /** A second click while the first one still opens it must not make two. */
  const open = () => (opening ??= openOne().finally(() => (opening = undefined)));

  return {
    open,
    show() {
      if (!window) return void open();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    act(action) {
      if (action === "minimize") window?.minimize();
      else if (action === "close") window?.close();
      else if (window?.isMaximized()) window.unmaximize();
      else window?.maximize();
    },
    flash: () => window?.flashFrame(true),
    keepBounds,
  };
}
