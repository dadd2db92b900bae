import * as vscode from 'vscode';
import type { App } from '../app';
import { readProductionGuard } from '../config';
import { markedName } from '../tenants/profiles';
import type { JobPlan } from './model';
import { whatGoesOut } from './production';

/** True when a person agrees once more, to a production tenant that is named with the objects that are read from it. */
export async function agreedToProduction(app: App, plans: readonly JobPlan[]): Promise<boolean> {
  const guard = readProductionGuard();
  const [first] = plans;
  const { tenants } = await app.parts();
  const profile = first && tenants.find(first.scope);
  if (guard === 'off' || profile?.kind !== 'production') return true;
  const question = `Submit to ${markedName(profile)}?`;
  const detail = whatGoesOut(profile, plans);
  if (guard === 'typeName') return typedName(profile.name, question, detail);
  const submit = 'Submit';
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, submit)) === submit;
}

async function typedName(name: string, title: string, detail: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: `${detail} Type ${name} to submit; Escape sends nothing.`,
    placeHolder: name,
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === name ? undefined : `This is not ${name}.`),
  });
  return typed?.trim() === name;
}
