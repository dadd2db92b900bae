import * as vscode from 'vscode';
import type { App } from '../app';
import { systemClock } from '../zuora/clock';
import { announcementOf, watchEnds, type AnnouncementAction, type NotificationLevel } from './announcements';
import { claim } from './claims';
import type { JobNode } from './lines';
import type { JobSummary } from './model';
import type { JobStore } from './store';

/** Tells when jobs have ended, as the setting `zoql.notifications` wants it, from now on. */
export function notifyOfEnds(app: App, store: JobStore): vscode.Disposable {
  const folder = vscode.Uri.joinPath(app.context.globalStorageUri, 'announced').fsPath;
  const end = watchEnds({
    store,
    clock: systemClock,
    isFocused: () => vscode.window.state.focused,
    claim: name => claim(folder, name, Date.now()),
    announce: jobs => void announce(app, store, jobs),
  });
  return { dispose: end };
}

const labels: Readonly<Record<AnnouncementAction, string>> = {
  openResult: 'Open Result',
  showJob: 'Show Job',
  resubmitFailed: 'Resubmit Failed',
  showLog: 'Show Log',
};

const resubmitFailed = 'zoql.resubmitFailed';

async function announce(app: App, store: JobStore, jobs: readonly JobSummary[]): Promise<void> {
  const [only] = jobs;
  const whole = only && jobs.length === 1 ? await store.open(only.key) : undefined;
  const announcement = announcementOf(whole ? [whole] : jobs, readLevel());
  if (!announcement) return;
  const { kind, message, actions, key } = announcement;
  const show = kind === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const known = await vscode.commands.getCommands(true);
  const offered = actions.filter(action => action !== 'resubmitFailed' || known.includes(resubmitFailed));
  const choice = await show(message, ...offered.map(action => labels[action]));
  const action = offered.find(each => labels[each] === choice);
  const job: JobNode = { kind: 'job', key };
  switch (action) {
    case 'openResult': {
      const batch: JobNode = { kind: 'batch', key, index: 0 };
      return vscode.commands.executeCommand('zoql.openResult', batch);
    }
    case 'showJob':
      return app.reveal(job, { focus: true });
    case 'resubmitFailed':
      return vscode.commands.executeCommand(resubmitFailed, job);
    case 'showLog':
      return app.log.show();
    case undefined:
      return;
  }
}

function readLevel(): NotificationLevel {
  const level = vscode.workspace.getConfiguration('zoql').get<unknown>('notifications');
  return level === 'all' || level === 'none' ? level : 'failures';
}
