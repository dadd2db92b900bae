import { MessageType, ShowMessageNotification, type ShowMessageParams } from 'vscode-languageserver';
import type { Feature, TextRead } from '../feature';
import { snapshotOf } from '../snapshotFile';

/** Follows the file that the setting `zoql.schemaSnapshot` names, from the first open file on, and says what is wrong with it. */
export const schemaSnapshot: Feature = {
  abilities: () => ({}),
  listen: server => {
    const { connection, files, runtime } = server;
    let followed = '';
    let said: string | undefined;
    let stop: (() => void) | undefined;

    files.onDidOpen(follow);
    server.whenChanged(follow);

    function follow(): void {
      const file = server.settings.schemaSnapshot;
      if (file === followed) return;
      followed = file;
      stop?.();
      stop = said = undefined;
      if (file === '') server.useSnapshot(undefined);
      else if (runtime.watchText) stop = runtime.watchText(file, server.folder, read => take(file, read));
      else take(file, { ok: false, reason: 'this editor gives the server no disk' });
    }

    function take(file: string, read: TextRead): void {
      server.guarded('snapshot', undefined, () => {
        const snapshot = snapshotOf(file, read);
        if (!snapshot.ok && snapshot.sentence !== said) {
          const params: ShowMessageParams = { type: MessageType.Warning, message: snapshot.sentence };
          server.send('snapshot', connection.sendNotification(ShowMessageNotification.type, params));
        }
        said = snapshot.ok ? undefined : snapshot.sentence;
        server.useSnapshot(snapshot.ok ? snapshot.facts : undefined);
      });
    }
  },
};
