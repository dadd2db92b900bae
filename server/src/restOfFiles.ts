export interface RestOptions {
  /** Runs a task later; the function it returns keeps it from running. */
  readonly after: (milliseconds: number, task: () => void) => () => void;
  /** Does some more for a file; true once nothing is left, or the file is closed. */
  readonly step: (uri: string) => boolean;
  readonly done: (uri: string) => void;
}

export interface RestOfFiles {
  /** Begins with a file, unless that is under way. */
  begin(uri: string): void;
  cancel(uri: string): void;
}

/** Does long work for files in steps, between which the server hears what an editor asks for. */
export function createRestOfFiles({ after, step, done }: RestOptions): RestOfFiles {
  const underWay = new Map<string, () => void>();

  const next = (uri: string): void => {
    underWay.set(
      uri,
      after(0, () => {
        if (!step(uri)) return next(uri);
        underWay.delete(uri);
        done(uri);
      }),
    );
  };

  return {
    begin: uri => {
      if (!underWay.has(uri)) next(uri);
    },
    cancel: uri => {
      underWay.get(uri)?.();
      underWay.delete(uri);
    },
  };
}
