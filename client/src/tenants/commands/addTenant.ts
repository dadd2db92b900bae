import * as vscode from 'vscode';
import type { App } from '../../app';
import { askForAddress } from '../address';
import { changeEntries } from '../changeEntries';
import { withEntry } from '../entries';
import { nameFault } from '../entry';
import { isSameName } from '../profiles';
import type { Tenants } from '../tenants';

/**
 * ZOQL: Add Tenant. Asks for a name and an address, writes them to the person's own settings, makes the tenant this
 * workspace's, and goes on with its sign-in. Resolves to its name, or to undefined when the person turned away.
 */
export async function run(app: App): Promise<string | undefined> {
  const { tenants } = await app.parts();
  const title = 'ZOQL: Add Tenant';
  const name = await askForName(`${title}, 1 of 2`, tenants);
  const address = name === undefined ? undefined : await askForAddress(`${title}, 2 of 2`);
  if (name === undefined || !address) return undefined;
  await changeEntries(tenants, setting => withEntry(setting, { name, ...address }));
  await tenants.select(name);
  if (vscode.workspace.isTrusted) await vscode.commands.executeCommand('zoql.signIn', name);
  return name;
}

async function askForName(title: string, tenants: Tenants): Promise<string | undefined> {
  const taken = tenants.all().filter(({ source }) => source !== 'file');
  const name = await vscode.window.showInputBox({
    title,
    prompt: 'A name of your choice, such as "acme sandbox". Jobs remember it, and the sign-in belongs to it.',
    ignoreFocusOut: true,
    validateInput: text => {
      const trimmed = text.trim();
      if (trimmed === '') return 'The name is needed.';
      const fault = nameFault(trimmed);
      if (fault !== undefined) return `The name ${fault}.`;
      const same = taken.find(each => isSameName(each.name, trimmed));
      return same && `There is a tenant called "${same.name}" already.`;
    },
  });
  return name?.trim();
}
