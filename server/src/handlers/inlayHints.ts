import { toSpan } from '../convert';
import type { Feature } from '../feature';
import { inlayHints as hintsIn } from '../zoql/index';

export const inlayHints: Feature = {
  abilities: () => ({ inlayHintProvider: true }),
  listen: server => {
    server.connection.languages.inlayHint.on(
      server.handler('inlay hints', [], (file, { range }) =>
        server.settings['inlayHints.enabled']
          ? hintsIn(file.document, toSpan(file, range), server.context).map(({ offset, label }) => ({
              position: file.positionAt(offset),
              label,
              paddingLeft: true,
            }))
          : [],
      ),
    );
    server.whenChanged(() => {
      if (server.client.workspace?.inlayHint?.refreshSupport) {
        server.send('refresh', server.connection.languages.inlayHint.refresh());
      }
    });
  },
};
