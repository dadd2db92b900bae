import type { OpenFile } from './documents';

/** Long enough to fall between two bursts of typing, short enough to look immediate. */
const pauseMilliseconds = 150;

export interface PushOptions {
  /** Runs a task later; the function it returns keeps it from running. */
  readonly after: (milliseconds: number, task: () => void) => () => void;
  /** The file as it is now; undefined when it is closed. */
  readonly file: (uri: string) => OpenFile | undefined;
  readonly send: (file: OpenFile) => void;
}

export interface Push {
  /** Sends the file's problems once, when its edits pause. */
  schedule(uri: string): void;
  cancel(uri: string): void;
}

/**
 * Problems for clients that never ask for them. They are computed when they are sent and not before, so a list never
 * speaks of a text that is gone.
 */
export function createPush({ after, file, send }: PushOptions): Push {
  const waiting = new Map<string, () => void>();

  const cancel = (uri: string): void => {
    waiting.get(uri)?.();
    waiting.delete(uri);
  };

  const schedule = (uri: string): void => {
    cancel(uri);
    waiting.set(
      uri,
      after(pauseMilliseconds, () => {
        waiting.delete(uri);
        const open = file(uri);
        if (open) send(open);
      }),
    );
  };

  return { schedule, cancel };
}
