import { statSync, utimesSync } from 'node:fs';
import { type Clock, systemClock } from './clock.ts';
import { isLoopback } from './loopback.ts';

/** Where a virtual clock keeps its time, so that a simulator can show the same time and move it. */
export interface SharedTime {
  /** Milliseconds since 1970, whole. */
  read(): number;
  write(nowMs: number): void;
  /** Calls `onMove` when somebody else may have moved the time. Returns what ends that. */
  watch(onMove: () => void): () => void;
}

/** How often a request that waits looks whether the simulator has moved the time; nothing depends on how often. */
const WATCH_EVERY_MS = 10;

/** The time that a file has as its last change: several processes read and set it at one stroke on every system. */
export function timeOfFile(file: string): SharedTime {
  return {
    read: () => Math.round(statSync(file).mtimeMs),
    write: (nowMs) => utimesSync(file, nowMs / 1000, nowMs / 1000),
    watch: (onMove) => {
      const timer = setInterval(onMove, WATCH_EVERY_MS);
      return () => clearInterval(timer);
    },
  };
}

/** The machine's clock; for demo and tests, if the API is a simulator here, one by the file that `TRAIN_GATE_CLOCK` names. */
export function clockFor(env: NodeJS.ProcessEnv): Clock {
  const { TRAIN_GATE_CLOCK: file, 'INPUT_API-URL': apiUrl = '' } = env;
  const isSimulated = URL.canParse(apiUrl.trim()) && isLoopback(new URL(apiUrl.trim()));
  return file && isSimulated ? virtualClock(timeOfFile(file)) : systemClock();
}

/** A clock that stands still, but that sleeping moves it on at once when nothing else is to be done: who is due first wakes first. */
export function virtualClock(time: SharedTime, random: () => number = Math.random): Clock {
  const sleepers = new Set<{ readonly untilMs: number; readonly wake: () => void }>();
  const deadlines = new Set<AbortController>();
  let isTurnComing = false;
  const wakeFirst = () => {
    isTurnComing = false;
    const [first] = [...sleepers].sort((one, other) => one.untilMs - other.untilMs);
    if (deadlines.size > 0 || first === undefined) return;
    time.write(Math.max(time.read(), first.untilMs));
    first.wake();
    wakeSoon();
  };
  /** At the next turn, so that whoever was woken goes on first. */
  const wakeSoon = () => {
    if (!isTurnComing) setImmediate(wakeFirst);
    isTurnComing = true;
  };
  return {
    now: () => time.read(),
    random,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      const { promise, resolve: wake, reject } = Promise.withResolvers<void>();
      const sleeper = { untilMs: Math.ceil(time.read() + Math.max(ms, 0)), wake };
      const onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort);
      sleepers.add(sleeper);
      wakeSoon();
      await promise.finally(() => {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', onAbort);
      });
    },
    deadline: (ms) => {
      const controller = new AbortController();
      deadlines.add(controller);
      let untilMs = time.read() + ms;
      const unwatch = time.watch(() => {
        if (time.read() >= untilMs) controller.abort();
      });
      const restart = () => {
        untilMs = time.read() + ms;
      };
      const end = () => {
        unwatch();
        deadlines.delete(controller);
        wakeSoon();
      };
      return { signal: controller.signal, restart, end };
    },
  };
}
