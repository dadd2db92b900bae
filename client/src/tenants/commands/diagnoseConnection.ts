import * as vscode from 'vscode';
import type { App } from '../../app';
import { readRequestSettings } from '../../config';
import { withProgress } from '../../progress';
import { sentence } from '../../words';
import { barredBy } from '../../zuora/transport';
import { diagnose } from '../diagnosis/diagnosis';
import { showDiagnosis } from '../diagnosis/documents';
import { networkSettings, type NetworkSettings } from '../diagnosis/proxy';
import { reportOf } from '../diagnosis/report';
import { givenTenant } from '../givenTenant';
import { scopeOf } from '../metadata/activeScope';
import { hostOf, placeInWords } from '../profiles';
import { isTrusted } from './trust';

/**
 * ZOQL: Diagnose Connection. Looks at the way to a tenant's service step by step, without changing anything, and shows
 * what each step told. It works signed out, too. An argument is a tenant's name, or its line in the tree.
 */
export async function run(app: App, given?: unknown): Promise<void> {
  if (!isTrusted('diagnose the connection')) return;
  const { tenants, transport } = await app.parts();
  const profile =
    tenants.all().find(({ name }) => name === given) ??
    (await givenTenant(app, given, 'The tenant whose connection is diagnosed'));
  if (!profile) return;
  // The certificate is looked at beside the requests.
  const barred = barredBy(transport);
  if (barred) {
    const context = { action: 'test', tenant: profile.name, origin: profile.origin } as const;
    void vscode.window.showErrorMessage(sentence(barred, context));
    return;
  }
  const scope = scopeOf(profile, readRequestSettings());
  const state = await tenants.state(profile);
  const source = state === 'environment' || state === 'session' ? state : 'stored';
  const credentials = await tenants.credentialsFor(scope);
  const diagnosis = await withProgress(
    `Diagnosing the connection to ${profile.name} (${hostOf(profile.origin)})`,
    async (signal, report) => {
      const found = await diagnose({
        scope,
        place: placeInWords(profile),
        transport,
        settings: readNetworkSettings(),
        variables: process.env,
        credentials,
        source,
        signal,
        report,
      });
      return signal.aborted ? undefined : found;
    },
  );
  if (diagnosis) await showDiagnosis(profile.name, reportOf(diagnosis));
}

function readNetworkSettings(): NetworkSettings {
  const settings = vscode.workspace.getConfiguration();
  return Object.fromEntries(networkSettings.map(name => [name, settings.get(name)])) as unknown as NetworkSettings;
}
