import type { App } from '../app';

/** ZOQL: Show Log. One line a request: method, path, status, duration and Zuora's request id. */
export function run({ log }: App): Promise<void> {
  log.show();
  return Promise.resolve();
}
