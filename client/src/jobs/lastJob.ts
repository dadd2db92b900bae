import type { App } from '../app';
import type { ConfirmedTenant } from './confirmation';
import type { Job } from './model';
import { lastOfSession } from './rules/fullLoad';
import type { RequestSettings } from './settings';
import { sessionOf } from './settingValues';

/** The job that Zuora would continue from, as far as this history knows; undefined where the settings name no session. */
export async function lastJobOf(
  app: App,
  settings: RequestSettings,
  { name, origin }: ConfirmedTenant,
): Promise<Job | undefined> {
  const session = sessionOf(settings);
  if (!session) return undefined;
  const { store } = await app.parts();
  await app.loadHistory();
  const last = lastOfSession(store.all(), session, { tenant: name, origin });
  return last && store.open(last.key);
}
