import * as vscode from 'vscode';
import type { App } from '../../app';
import { withProgress } from '../../progress';
import { diagnose } from '../diagnosis/diagnosis';
import { showDiagnosis } from '../diagnosis/documents';
import { networkSettings, type NetworkSettings } from '../diagnosis/proxy';
import { reportOf } from '../diagnosis/report';
import { hostOf, placeInWords } from '../profiles';
import { pickTenant } from './selectTenant';
import { isTrusted } from './trust';

/**
 * ZOQL: Diagnose Connection. Looks at the way to a tenant's service step by step, without changing anything, and shows
 * what each step told. It works signed out, too. An argument names another tenant than the active one.
 */
export async function run(app: App, named?: unknown): Promise<void> {
  if (!isTrusted('diagnose the connection')) return;
  const { tenants, transport, activeScope } = await app.parts();
  const profile = tenants.all().find(({ name }) => name === named) ?? tenants.active() ?? (await pickTenant(tenants));
  if (!profile) return;
  const active = activeScope();
  const scope = active?.tenant === profile.name ? active : { tenant: profile.name, origin: profile.origin };
  const source = (await tenants.state(profile)) === 'environment' ? 'environment' : 'stored';
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
