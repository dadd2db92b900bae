// Which names of the schema a command is about: the lines of the view it was called on, else what a person looks for.
import * as vscode from 'vscode';
import type { App } from '../app';
import { fieldMarks, isSchemaNode, type SchemaNode } from './lines';
import { createSchemaSearch, type Found, type SearchOptions } from './search';

/** More lines than anybody reads; the text narrows them down. */
const mostShown = 100;

export interface PickNameOptions extends SearchOptions {
  readonly title: string;
  /** What is looked for at first. */
  readonly text?: string;
  /** What else can be done with a line than to pick it. */
  readonly buttons?: readonly PickButton[];
}

export interface PickButton {
  /** The id of a codicon. */
  readonly icon: string;
  readonly title: string;
  /** The command that gets the line. */
  readonly command: string;
}

/** The selected lines of the view, of which VS Code hands over the one that was clicked and all of them. */
export function givenNames(given: readonly unknown[]): readonly SchemaNode[] {
  const [clicked, selected] = given;
  if (Array.isArray(selected) && selected.length !== 0) return selected.filter(isSchemaNode);
  return isSchemaNode(clicked) ? [clicked] : [];
}

/** One of all objects and fields, by its API name or its label; undefined where none is picked. */
export async function pickName(
  app: App,
  { title, of, text = '', buttons = [] }: PickNameOptions,
): Promise<SchemaNode | undefined> {
  const parts = await app.parts();
  const search = createSchemaSearch(await parts.catalogue(), { of });
  const itemButtons = buttons.map(({ icon, title: tooltip, command }) => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
    command,
  }));
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = of === 'objects' ? 'Name or label of an object' : 'Name or label of an object or a field';
  pick.value = text;
  const show = () => {
    const { found, more } = search.find(pick.value, mostShown);
    const items = found.map(each => ({ ...itemOf(each), buttons: itemButtons }));
    pick.items = more === 0 ? items : [...items, { label: `${more} more: type on to see them`, alwaysShow: true }];
  };
  show();
  return new Promise(resolve => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item?.node) return;
      resolve(item.node);
      pick.hide();
    });
    pick.onDidTriggerItemButton(({ item, button }) => {
      const { command } = itemButtons.find(each => each === button) ?? {};
      pick.hide();
      if (command !== undefined) void vscode.commands.executeCommand(command, item.node);
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

interface Item extends vscode.QuickPickItem {
  readonly node?: SchemaNode;
}

/** `alwaysShow`: what fits is decided here, where labels and the names of objects count too. */
function itemOf({ node, object, field }: Found): Item {
  const label = field ? `${object.name}.${field.name}` : object.name;
  const description = field ? fieldMarks(field).join(' · ') : object.label === object.name ? '' : object.label;
  const iconPath = new vscode.ThemeIcon(field ? 'symbol-field' : 'symbol-class');
  return { label, description, iconPath, alwaysShow: true, node };
}
