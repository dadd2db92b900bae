import * as vscode from 'vscode';
import { dataCenters, readOrigin } from '../zuora/environments';
import { hostOf, kindInWords } from './profiles';

/** Where a tenant is, as its entry says it. */
export type WrittenAddress = { readonly dataCenter: string } | { readonly url: string };

interface Item extends vscode.QuickPickItem {
  readonly dataCenter?: string;
}

/** Asks where a tenant is: one of Zuora's data centers, or another address; undefined when the person turned away. */
export async function askForAddress(title: string, currentOrigin = ''): Promise<WrittenAddress | undefined> {
  const items: Item[] = dataCenters.map(({ name, origin, kind }) => ({
    label: name,
    description: [hostOf(origin), kindInWords[kind], origin === currentOrigin && 'now'].filter(Boolean).join(' · '),
    dataCenter: name,
  }));
  const picked = await vscode.window.showQuickPick(
    [
      ...items,
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { label: '$(edit) Other Address…', description: 'A proxy of your own, or an older Zuora host' },
    ],
    {
      title,
      placeHolder:
        'The data center that the tenant lives in. Its address stands in the browser when you are signed in.',
      matchOnDescription: true,
      ignoreFocusOut: true,
    },
  );
  if (!picked) return undefined;
  if (picked.dataCenter !== undefined) return { dataCenter: picked.dataCenter };
  const url = await vscode.window.showInputBox({
    title,
    prompt: 'https:// and a host, without a path, such as https://rest.pt1.zuora.com',
    value: currentOrigin,
    ignoreFocusOut: true,
    validateInput: text => {
      const read = readOrigin(text.trim());
      return read.ok ? undefined : `It ${read.reason}.`;
    },
  });
  return url === undefined ? undefined : { url: url.trim() };
}
