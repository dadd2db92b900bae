import * as vscode from 'vscode';
import type { App } from '../../app';
import { readRequestSettings, writeRequestSetting } from '../../config';
import { pickTenant } from '../../tenants/commands/selectTenant';
import { hostOf } from '../../tenants/profiles';
import { ownZone, clockText, instantOf, previewTime } from '../dataCenterTime';
import { sessionOf, textValue } from '../settingValues';

const setting = 'zoql.job.incrementalTime';

/**
 * ZOQL: Set Incremental Time. Takes the moment from which stateful jobs take changes on the person's own clock, and writes
 * it down on that of the data center. An argument is what stands in the box at first.
 */
export async function run(app: App, typed?: unknown): Promise<void> {
  const { tenants } = await app.parts();
  const profile = tenants.active() ?? (await pickTenant(tenants));
  if (!profile) return;
  const { origin, name } = profile;
  const zone = ownZone();
  const settings = readRequestSettings();
  const before = instantOf(textValue(settings, setting) ?? '', origin);
  const own = before === undefined ? '' : clockText(before, zone);
  const preview = (text: string) => previewTime(text, { zone, now: Date.now(), origin });

  const answer = await vscode.window.showInputBox({
    title: `Incremental Time for ${name} (${hostOf(origin)})`,
    prompt: `The moment since which stateful jobs take changes, in ${zone}. Empty: since the last job.`,
    placeHolder: '2026-11-27 09:00, yesterday 09:00, 2026-11-27T09:00Z',
    value: typeof typed === 'string' ? typed : own,
    ignoreFocusOut: true, // The time is often looked up elsewhere.
    validateInput: text => {
      const { message, severity } = preview(text);
      return { message, severity: severities[severity] };
    },
  });
  const value = answer === undefined ? undefined : preview(answer).value;
  if (value === undefined) return;
  await writeRequestSetting(setting, value === '' ? undefined : value);
  if (value === '' || sessionOf(settings)) return;
  const setUp = 'Set Up Stateful Mode';
  const message = `${setting} is ${value}. It counts in stateful mode only, which is off.`;
  if ((await vscode.window.showInformationMessage(message, setUp)) === setUp) {
    await vscode.commands.executeCommand('zoql.statefulProfile');
  }
}

const severities = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
  information: vscode.InputBoxValidationSeverity.Info,
} as const;
