import { MarkupKind, type ClientCapabilities } from 'vscode-languageserver';
import { toRange } from '../convert';
import type { Feature } from '../feature';
import { hover as hoverAt } from '../zoql/index';

export const hover: Feature = {
  abilities: () => ({ hoverProvider: true }),
  listen: server =>
    server.connection.onHover(
      server.handler('hover', null, (file, { position }) => {
        const found = hoverAt(file.document, file.offsetAt(position), server.context, { today: server.today });
        if (!found) return null;
        return { range: toRange(file, found.span), contents: { kind: formatOf(server.client), value: found.markdown } };
      }),
    ),
};

/** Our markdown reads well as plain text too, for clients that draw none. */
function formatOf(client: ClientCapabilities): MarkupKind {
  const formats = client.textDocument?.hover?.contentFormat;
  return !formats || formats.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
}
