import * as vscode from 'vscode';
import type { App } from '../../app';
import { askForAddress } from '../address';
import { changeEntries } from '../changeEntries';
import { withChange, type EntryChange } from '../entries';
import { idsFault } from '../entry';
import { hostOf, kindInWords, placeOf, type TenantProfile } from '../profiles';
import { changeable, givenTenant } from '../givenTenant';

interface Item extends vscode.QuickPickItem {
  readonly ask: (profile: TenantProfile) => Promise<EntryChange | undefined>;
}

/** ZOQL: Edit Tenant. Lists what its entry in the person's settings says; each change is written at once. */
export async function run(app: App, given?: unknown): Promise<void> {
  const chosen = await givenTenant(app, given, 'The tenant to edit');
  if (!chosen || !changeable(chosen)) return;
  const { tenants } = await app.parts();
  for (;;) {
    const profile = tenants.all().find(({ name }) => name === chosen.name);
    if (!profile) return;
    const picked = await vscode.window.showQuickPick(itemsOf(profile), {
      title: `ZOQL: Edit Tenant ${profile.name}`,
      placeHolder: 'What to change. Escape ends. Its name stays: its jobs and its sign-in belong to it.',
      matchOnDescription: true,
    });
    if (!picked) return;
    const change = await picked.ask(profile);
    if (!change) continue;
    await changeEntries(tenants, setting => withChange(setting, profile.name, change));
  }
}

function itemsOf({ origin, dataCenter, kind, readOnly, entityIds, orgIds, signIn }: TenantProfile): readonly Item[] {
  return [
    { label: 'Address', description: [hostOf(origin), dataCenter].filter(Boolean).join(' · '), ask: askAddress },
    { label: 'Kind', description: kindInWords[kind], ask: askKind },
    { label: 'Read-Only', description: readOnly ? 'yes: no job is submitted' : 'no', ask: askReadOnly },
    { label: 'Entity ID', description: entityIds ?? 'that of zoql.request.entityIds', ask: ask('entityIds') },
    { label: 'Organization IDs', description: orgIds ?? 'those of zoql.request.orgIds', ask: ask('orgIds') },
    { label: 'Sign-In', description: signInWords[signIn ?? 'oauth'], ask: askSignIn },
  ];
}

/** The secret stays with the address that it was entered for. */
async function askAddress({ name, origin }: TenantProfile): Promise<EntryChange | undefined> {
  const address = await askForAddress(`The address of ${name}. Another one asks for a sign-in of its own.`, origin);
  return address && { dataCenter: undefined, url: undefined, ...address };
}

async function askKind({ name, origin }: TenantProfile): Promise<EntryChange | undefined> {
  return choose<EntryChange>(`The kind of ${name}`, [
    { label: 'As Its Address Tells', description: kindInWords[placeOf(origin).kind], value: { kind: undefined } },
    { label: 'Production', description: 'marked, and guarded before a submit', value: { kind: 'production' } },
    { label: 'Sandbox', description: '', value: { kind: 'sandbox' } },
  ]);
}

async function askReadOnly({ name }: TenantProfile): Promise<EntryChange | undefined> {
  return choose<EntryChange>(`Whether jobs are submitted to ${name}`, [
    { label: 'Jobs Are Submitted', description: '', value: { readOnly: undefined } },
    {
      label: 'Read-Only',
      description: 'queries are written and checked for it, nothing more',
      value: { readOnly: true },
    },
  ]);
}

const signInWords = { oauth: 'OAuth client', apiAccessKey: 'API access key (legacy)' } as const;

async function askSignIn({ name }: TenantProfile): Promise<EntryChange | undefined> {
  return choose<EntryChange>(`What ${name} is signed in to with`, [
    { label: signInWords.oauth, description: 'client id and secret', value: { signIn: undefined } },
    {
      label: signInWords.apiAccessKey,
      description: 'name and password of a user, sent with each request',
      value: { signIn: 'apiAccessKey' },
    },
  ]);
}

function ask(which: 'entityIds' | 'orgIds'): Item['ask'] {
  const [what, form] =
    which === 'entityIds' ? ['Entity ID', 'The id of one entity'] : ['Organization IDs', 'Ids, separated by commas'];
  return async profile => {
    const ids = await vscode.window.showInputBox({
      title: `${what} of ${profile.name}`,
      prompt: `${form}. Sent with every request to this tenant; empty takes the setting zoql.request.${which}.`,
      value: profile[which] ?? '',
      validateInput: text => {
        const fault = text.trim() === '' ? undefined : idsFault(text.trim(), which);
        return fault && `${what} ${fault}.`;
      },
    });
    return ids === undefined ? undefined : { [which]: ids.trim() === '' ? undefined : ids.trim() };
  };
}

async function choose<T>(
  title: string,
  items: readonly { readonly label: string; readonly description: string; readonly value: T }[],
): Promise<T | undefined> {
  return (await vscode.window.showQuickPick(items, { title }))?.value;
}
