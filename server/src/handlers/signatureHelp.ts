import type { ClientCapabilities, SignatureHelp as LspSignatureHelp } from 'vscode-languageserver';
import type { Feature } from '../feature';
import { signatureHelp as helpAt, type SignatureHelp } from '../zoql/index';

export const signatureHelp: Feature = {
  abilities: () => ({ signatureHelpProvider: { triggerCharacters: ['(', ','] } }),
  listen: server =>
    server.connection.onSignatureHelp(
      server.handler('signature help', null, (file, { position }) => {
        const found = helpAt(file.document, file.offsetAt(position), server.context);
        return found ? toSignatureHelp(found, server.client) : null;
      }),
    ),
};

function toSignatureHelp(
  { label, documentation, parameters, activeParameter }: SignatureHelp,
  client: ClientCapabilities,
): LspSignatureHelp {
  const takesOffsets =
    client.textDocument?.signatureHelp?.signatureInformation?.parameterInformation?.labelOffsetSupport === true;
  const labels = parameters.map(([start, end]) => ({
    label: takesOffsets ? ([start, end] as [number, number]) : label.slice(start, end),
  }));
  return { signatures: [{ label, documentation, parameters: labels }], activeSignature: 0, activeParameter };
}
