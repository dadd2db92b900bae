import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import type { ItemWord } from '../../client/src/jobs/describe';
import type { SchemaWord } from '../../client/src/schema/lines';
import { requestSettings } from '../../client/src/jobs/settings';
import { defaultSettings, settingSections } from '../../server/src/settings';
import { problemCodes } from '../../server/src/zoql/problemCodes';

/** What of package.json these tests look at. */
interface Manifest {
  readonly displayName: string;
  readonly activationEvents: readonly string[];
  readonly icon: string;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string; readonly contents: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

interface Setting {
  readonly scope: string;
  readonly default: unknown;
  readonly markdownDescription?: string;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

const { contributes, ...manifest } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const source = sourcesBelow('client/src');
const settings = Object.assign({}, ...contributes.configuration.map(each => each.properties)) as Record<
  string,
  Setting
>;
const conditions = [
  ...Object.values(contributes.menus).flatMap(items => items.map(({ when }) => when ?? '')),
  ...contributes.keybindings.map(({ when }) => when),
  ...contributes.viewsWelcome.map(({ when }) => when),
];

suite('package.json and the code name the same', () => {
  test('commands', () => {
    const table = /const commands\b[\s\S]*?\n};/.exec(readFileSync('client/src/extension.ts', 'utf8'))?.[0] ?? '';
    assert.deepEqual(
      sorted(found(table, /'(zoql\.\w+)'/g)),
      sorted(contributes.commands.map(({ command }) => command)),
    );
    for (const { command, category, title } of contributes.commands) {
      assert.equal(category, 'ZOQL', command);
      assert.match(title, /^[A-Z]/, command);
    }
  });

  test('commands of menus, keys and welcome texts', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    const used = [
      ...Object.values(contributes.menus).flatMap(items => items.map(({ command }) => command)),
      ...contributes.keybindings.map(({ command }) => command),
      ...contributes.viewsWelcome.flatMap(({ contents }) => found(contents, /\(command:(zoql\.\w+)/g)),
      ...found(source, /executeCommand(?:<\w+>)?\(\s*'(zoql\.\w+)'/g),
    ];
    assert.deepEqual(
      used.filter(command => !known.has(command)),
      [],
    );
  });

  test("the entries of a team's file, which have the setting's form", () => {
    const { items } = settings['zoql.tenants'] as unknown as { readonly items: unknown };
    const schema = JSON.parse(readFileSync('client/media/zoql.tenants.schema.json', 'utf8')) as {
      readonly properties: { readonly tenants: { readonly items: unknown } };
    };
    assert.deepEqual(schema.properties.tenants.items, items);
  });

  test('what stands above a view is about all of it: VS Code hands it the line that has the focus', () => {
    const commandsOf = (menu: string) => (contributes.menus[menu] ?? []).map(({ command }) => command);
    const ofLines = new Set(commandsOf('view/item/context'));
    assert.deepEqual(
      commandsOf('view/title').filter(command => ofLines.has(command)),
      [],
    );
  });

  test('settings', () => {
    const read = new Set<string>([
      ...requestSettings,
      ...settingSections,
      ...found(source, /affectsConfiguration\('(zoql\.[\w.]+)'\)/g),
      ...found(source, /getConfiguration\('zoql'\)\s*\.(?:get|inspect)(?:<\w+>)?\('([\w.]+)'\)/g).map(
        name => `zoql.${name}`,
      ),
    ]);
    assert.deepEqual(sorted([...read]), sorted(Object.keys(settings)));
  });

  test('views and context keys', () => {
    const views = Object.values(contributes.views).flatMap(each => each.map(({ id }) => id));
    assert.deepEqual(sorted(found(source, /createTreeView\('([\w.]+)'/g)), sorted(views));
    const welcomed = new Set(contributes.viewsWelcome.map(({ view }) => view));
    assert.deepEqual([...welcomed], views);

    const asked = new Set(conditions.flatMap(when => found(when, /(?<![\w.])(zoql\.\w+)(?= ==| &&| \|\||$)/g)));
    for (const view of views) asked.delete(view);
    assert.deepEqual(sorted([...asked]), sorted(found(source, /'setContext',\s*'([\w.]+)'/g)));
    const values = new Set(conditions.flatMap(when => found(when, /zoql\.setup == (\w+)/g)));
    const type = /type Setup = ([^;]+);/.exec(source)?.[1] ?? '';
    assert.deepEqual(sorted([...values]), sorted(found(type, /'(\w+)'/g)));
  });

  test('words that the menus of the tree look for', () => {
    // The type makes this list complete, and each of its words one that describe.ts may give.
    const words: Record<ItemWord, true> = {
      tenant: true,
      job: true,
      batch: true,
      withUi: true,
      withId: true,
      withKey: true,
      pinned: true,
      unpinned: true,
      withResult: true,
      refreshable: true,
      cancelable: true,
      resendable: true,
      resubmittable: true,
      hasFailed: true,
      unknown: true,
      adoptable: true,
      removable: true,
    };
    const used = new Set(conditions.flatMap(when => found(when, /viewItem =~ \/\\b(\w+)\\b\//g)));
    assert.deepEqual(sorted([...used]), sorted(Object.keys(words)));
    // A line of the schema is one thing only; what leads to another object is both and is named by no menu.
    const kinds: Record<Exclude<SchemaWord, 'relation'>, true> = { object: true, field: true };
    const asked = new Set(conditions.flatMap(when => found(when, /viewItem [!=]= (\w+)/g)));
    assert.deepEqual(sorted([...asked]), sorted(Object.keys(kinds)));
  });

  test('pictures', () => {
    const icons = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views).flatMap(views => views.map(({ icon }) => icon)),
    ];
    for (const icon of icons) assert.notEqual(readFileSync(icon).length, 0, icon);
  });
});

test('the product has one name, for people and for servers', () => {
  assert.equal(/'User-Agent': '([^']+)'/.exec(source)?.[1], manifest.displayName);
  assert.match(readFileSync('README.md', 'utf8'), new RegExp(`^# ${manifest.displayName}$`, 'm'));
});

suite('settings', () => {
  for (const [name, setting] of Object.entries(settings)) {
    test(`${name} is documented, and unset by default`, () => {
      assert.match(setting.markdownDescription ?? '', /\.$/m);
      const choices = setting.enum?.length;
      assert.equal(setting.enumDescriptions?.length, choices);
      assert.equal(setting.enumItemLabels?.length, choices);
      if (setting.enum) assert.ok(setting.enum.includes(setting.default));
      // useQueryLabels is ours to choose: API names are what a person wrote. Headers that are off are not sent. Of what
      // is sent notifications, polling, metadata and the guard are no part.
      const ours = ['job.useQueryLabels', 'metadata.enabled', 'notifications', 'polling.enabled', 'productionGuard'];
      const own = ours.includes(name.replace(/^zoql\./, '')) || settingSections.includes(name);
      assert.ok(own || [null, '', false].includes(setting.default as null) || isEmpty(setting.default));
    });
  }

  test('the language server starts with the values that package.json names', () => {
    for (const [name, value] of Object.entries(defaultSettings) as [string, unknown][]) {
      assert.deepEqual(settings[`zoql.${name}`]?.default, value, name);
    }
  });

  test('each problem has a severity to choose', () => {
    const { properties = {} } = settings['zoql.problems.severity'] ?? {};
    assert.deepEqual(Object.keys(properties), Object.keys(problemCodes));
  });

  test('what decides where credentials go belongs to the person, not to the workspace', () => {
    const applicationWide = Object.keys(settings).filter(name => settings[name]?.scope === 'application');
    assert.deepEqual(sorted(applicationWide), ['zoql.productionGuard', 'zoql.request.extraHeaders', 'zoql.tenants']);
    const others = Object.keys(settings).filter(name => !applicationWide.includes(name));
    for (const name of others) assert.equal(settings[name]?.scope, 'window', name);
  });

  test('an untrusted workspace changes nothing that is sent', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual(
      sorted(restrictedConfigurations),
      sorted([...requestSettings, 'zoql.productionGuard', 'zoql.tenants']),
    );
  });
});

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(match => match[1] ?? '');
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort();
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function sourcesBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
}
