import * as vscode from 'vscode';
import type { App } from '../../app';
import { readRequestSettings } from '../../config';
import { isTrusted } from '../../tenants/commands/trust';
import { adopt, found, targetIn, tenantToAsk } from '../adopting';
import type { RequestSetting } from '../settings';

/** ZOQL: Find Last Stateful Job…. The last completed job of a partner and a project, which Zuora knows without an id. */
export async function run(app: App): Promise<void> {
  if (!isTrusted('ask for jobs')) return;
  const tenant = await tenantToAsk(app);
  const target = tenant && targetIn(tenant);
  if (!target) return;
  const title = `Last Stateful Job of ${target.tenant}`;
  const partner = await ask(title, 'The partner ID that Zuora Support has given you', 'zoql.job.partner');
  if (partner === undefined) return;
  const project = await ask(title, 'The project', 'zoql.job.project');
  if (project === undefined) return;
  const job = await found(app, target, `Asking ${target.tenant} for ${partner}/${project}`, (client, signal) =>
    client.lastJob(target, { partner, project }, signal),
  );
  if (job) await adopt(app, target, job);
}

async function ask(title: string, prompt: string, setting: RequestSetting): Promise<string | undefined> {
  const value = readRequestSettings()[setting];
  const text = await vscode.window.showInputBox({
    title,
    prompt,
    value: typeof value === 'string' ? value : '',
    ignoreFocusOut: true,
    validateInput: given => (given.trim() === '' ? 'This cannot be empty.' : undefined),
  });
  return text?.trim();
}
