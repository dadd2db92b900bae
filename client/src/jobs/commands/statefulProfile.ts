import * as vscode from 'vscode';
import { readRequestSettings, writeRequestSetting } from '../../config';
import type { RequestSetting, RequestSettings } from '../settings';
import { offsetValue, sessionOf, textValue } from '../settingValues';

/**
 * ZOQL: Set Up Stateful Mode. Asks for partner, project and offset, and writes them with version 1.1 to the settings; where
 * the mode is on it can be switched off.
 */
export async function run(): Promise<void> {
  const settings = readRequestSettings();
  const choice = sessionOf(settings) ? await askWhatToDo(settings) : 'set up';
  if (choice === 'switch off') {
    for (const setting of ofStatefulMode) await writeRequestSetting(setting, undefined);
    void vscode.window.showInformationMessage(
      'Stateful mode is off: each job exports everything that its queries ask for.',
    );
  }
  if (choice !== 'set up') return;
  const profile = await askForProfile(settings);
  if (!profile) return;
  const { partner, project, offset } = profile;
  await writeRequestSetting('zoql.job.version', 1.1);
  await writeRequestSetting('zoql.job.partner', partner);
  await writeRequestSetting('zoql.job.project', project);
  await writeRequestSetting('zoql.job.offset', offset);
  void vscode.window.showInformationMessage(
    `Jobs are stateful now, as ${partner} and ${project}: the first one exports everything, later ones what has changed.`,
  );
}

/** What a stateless job does not need, or must not have. */
const ofStatefulMode: readonly RequestSetting[] = [
  'zoql.job.incrementalTime',
  'zoql.job.offset',
  'zoql.job.partner',
  'zoql.job.project',
  'zoql.job.version',
];

async function askWhatToDo(settings: RequestSettings): Promise<'set up' | 'switch off' | undefined> {
  const { partner = '', project = '' } = sessionOf(settings) ?? {};
  const items = [
    { label: '$(edit) Change', description: 'Partner, project and offset', choice: 'set up' as const },
    { label: '$(circle-slash) Switch Off', description: 'Clears them and the version', choice: 'switch off' as const },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: `Stateful Mode: ${partner}, ${project}`,
    placeHolder: 'Jobs of this workspace export what has changed since the last one',
  });
  return picked?.choice;
}

interface Profile {
  readonly partner: string;
  readonly project: string;
  /** Seconds; undefined leaves it to the tenant's own setting. */
  readonly offset: number | undefined;
}

/** Undefined when the person turned away. */
async function askForProfile(settings: RequestSettings): Promise<Profile | undefined> {
  const ask = (step: number, options: vscode.InputBoxOptions) =>
    vscode.window.showInputBox({ title: `Set Up Stateful Mode, ${step} of 3`, ignoreFocusOut: true, ...options });

  const partner = await ask(1, {
    prompt: 'Partner id, which Zuora Support issues; an unknown one is refused (error 90019)',
    value: textValue(settings, 'zoql.job.partner') ?? '',
    validateInput: text => (text.trim() === '' ? 'The partner id is needed.' : undefined),
  });
  if (partner === undefined) return undefined;
  const project = await ask(2, {
    prompt: 'Project id, your own choice: jobs of one partner and project continue each other',
    value: textValue(settings, 'zoql.job.project') ?? '',
    validateInput: text => (text.trim() === '' ? 'The project id is needed.' : undefined),
  });
  if (project === undefined) return undefined;
  const offset = await ask(3, {
    prompt: 'Offset in seconds, 0 to 3600, that a job leaves out before it runs. Empty: as the tenant is set.',
    value: String(offsetValue(settings) ?? ''),
    validateInput: text => (isOffset(text) ? undefined : 'A whole number of seconds from 0 to 3600, or nothing.'),
  });
  if (offset === undefined) return undefined;
  return {
    partner: partner.trim(),
    project: project.trim(),
    offset: offset.trim() === '' ? undefined : Number(offset),
  };
}

function isOffset(text: string): boolean {
  return text.trim() === '' || (/^\s*\d{1,4}\s*$/.test(text) && Number(text) <= 3600);
}
