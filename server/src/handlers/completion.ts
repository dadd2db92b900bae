import {
  CompletionItemKind,
  InsertTextFormat,
  type ClientCapabilities,
  type CompletionItem as LspCompletionItem,
  type CompletionList as LspCompletionList,
  type Range,
} from 'vscode-languageserver';
import { toRange } from '../convert';
import type { OpenFile } from '../documents';
import type { Feature } from '../feature';
import { completions, type CompletionItem, type CompletionKind, type CompletionList } from '../zoql/index';

export const completion: Feature = {
  abilities: () => ({ completionProvider: { triggerCharacters: ['.', '@', "'", '"', ' '] } }),
  listen: server =>
    server.connection.onCompletion(
      server.handler('completion', null, (file, { position, context }) => {
        const { triggerCharacter } = context ?? {};
        const list = completions(file.document, file.offsetAt(position), server.context, {
          triggerCharacter,
          today: server.today,
        });
        return toCompletionList(file, list, abilitiesOf(server.client));
      }),
    ),
};

/** What a client can do with a list of completion items. */
interface CompletionAbilities {
  readonly snippets: boolean;
  /** Takes one range for the whole list, which makes the list half as long. */
  readonly listRange: boolean;
}

function abilitiesOf(client: ClientCapabilities): CompletionAbilities {
  const completion = client.textDocument?.completion;
  return {
    snippets: completion?.completionItem?.snippetSupport === true,
    listRange: completion?.completionList?.itemDefaults?.includes('editRange') === true,
  };
}

function toCompletionList(file: OpenFile, list: CompletionList, abilities: CompletionAbilities): LspCompletionList {
  const range = toRange(file, list.replace);
  const items = list.items.map(item =>
    item.replace
      ? toCompletionItem(item, toRange(file, item.replace), { ...abilities, listRange: false })
      : toCompletionItem(item, range, abilities),
  );
  return { isIncomplete: false, ...(abilities.listRange && { itemDefaults: { editRange: range } }), items };
}

function toCompletionItem(
  item: CompletionItem,
  range: Range,
  { snippets, listRange }: CompletionAbilities,
): LspCompletionItem {
  const snippet = snippets ? item.snippet : undefined;
  const newText = snippet ?? item.insertText ?? item.label;
  // Properties one by one: a list is made at every keystroke, and objects that are spread out take four times as long.
  const made: LspCompletionItem = { label: item.label, kind: toCompletionItemKind(item.kind), sortText: item.sortText };
  if (item.detail !== undefined) made.detail = item.detail;
  if (item.documentation !== undefined) made.documentation = item.documentation;
  if (item.filterText !== undefined) made.filterText = item.filterText;
  if (snippet !== undefined) made.insertTextFormat = InsertTextFormat.Snippet;
  if (!listRange) made.textEdit = { newText, range };
  else if (newText !== item.label) made.textEditText = newText;
  return made;
}

function toCompletionItemKind(kind: CompletionKind): CompletionItemKind {
  switch (kind) {
    case 'object':
      return CompletionItemKind.Class;
    case 'field':
      return CompletionItemKind.Field;
    case 'relation':
      return CompletionItemKind.Reference;
    case 'function':
      return CompletionItemKind.Function;
    case 'operator':
      return CompletionItemKind.Operator;
    case 'value':
      return CompletionItemKind.Value;
    case 'snippet':
      return CompletionItemKind.Snippet;
    case 'keyword':
    case 'directive':
      return CompletionItemKind.Keyword;
  }
}
