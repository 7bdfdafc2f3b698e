/** Running other programs so that none outlives us: one signal is passed on once, and who does not go is made to go. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Runs a program with our terminal until it ends or we are told to stop.
 * It gets its own process group: Ctrl-C in a terminal reaches every process of a group, and the program would hear it twice.
 * The IPC channel is its rope to us: when we die hard it hears `disconnect` and stops itself.
 */
export function runUntilStopped(file, args, { cwd, env, patienceMs = 15_000, parentWatchMs = 1000 }) {
  return run(file, args, { cwd, env, patienceMs, parentWatchMs, stdio: ["inherit", "inherit", "inherit", "ipc"] }).then(({ code }) => code);
}

/** Runs a program and keeps what it prints; with `show` it is printed as well. */
export function runCaptured(file, args, { cwd, env, show = false, sweepMs = 5000 }) {
  return run(file, args, { cwd, env, patienceMs: 15_000, parentWatchMs: 1000, sweepMs, stdio: ["ignore", "pipe", "pipe"], show });
}

function run(file, args, { cwd, env, stdio, show = false, patienceMs, sweepMs, parentWatchMs }) {
  return new Promise((done) => {
    const child = spawn(file, args, { cwd, env, stdio, detached: ownGroup });
    let output = "";
    for (const [stream, out] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream?.on("data", (chunk) => {
        output += chunk;
        if (show) out.write(chunk);
      });
    }

    let killing;
    const stop = (signal) => {
      if (killing !== undefined) return;
      // With a rope the program ends its own children in order; without, they are told together.
      signalChild(child, signal === "SIGHUP" ? "SIGTERM" : signal, { group: !stdio.includes("ipc") });
      killing = setTimeout(() => signalChild(child, "SIGKILL", { group: true }), patienceMs);
    };
    const listeners = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => [signal, () => stop(signal)]);
    for (const [signal, listener] of listeners) process.on(signal, listener);

    // npm killed hard takes nobody with it: under npm, other ancestors mean that nobody is left to stop us.
    const before = ancestors();
    const watch =
      process.env.npm_lifecycle_event !== undefined
        ? setInterval(() => ancestors() !== before && stop("SIGTERM"), parentWatchMs)
        : undefined;

    let sweeping;
    const finish = (code, text) => {
      for (const timer of [killing, sweeping]) clearTimeout(timer);
      clearInterval(watch);
      for (const [name, listener] of listeners) process.off(name, listener);
      const interrupted = killing !== undefined;
      done({ code: code ?? (interrupted ? 130 : 1), interrupted, output: text });
    };
    child.once("error", (error) => finish(127, String(error)));
    // What it left behind may hold its output open, and we would wait for ever.
    if (sweepMs !== undefined)
      child.once("exit", () => (sweeping = setTimeout(() => signalChild(child, "SIGKILL", { group: true }), sweepMs)));
    child.once("close", (code) => finish(code, output));
  });
}

/** Our parent, and its parent: npm runs us through a shell, which outlives npm. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]}`;
  } catch {
    return String(process.ppid); // not Linux
  }
}

const ownGroup = process.platform !== "win32";

function signalChild(child, signal, { group }) {
  try {
    if (group && ownGroup) process.kill(-child.pid, signal);
    else process.kill(child.pid, signal);
  } catch {
    // It has gone in the meantime.
  }
}
