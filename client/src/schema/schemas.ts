// Which schema a command is about: that of a tenant as it has described itself, a snapshot's, or the bundled facts.
import * as vscode from 'vscode';
import { dayOf } from '../../../server/src/day';
import { ageOf, readSnapshot, withTenant, type Catalogue, type TenantFacts } from '../../../server/src/zoql/index';
import type { App } from '../app';
import { readRequestSettings } from '../config';
import { scopeOf } from '../tenants/metadata/activeScope';
import type { MetadataScope } from '../tenants/metadata/cache';
import { factsOf } from '../tenants/metadata/facts';
import type { KnownTenant } from '../tenants/metadata/metadata';
import { activeFirst } from '../tenants/profiles';

export interface Schema {
  /** As people call it. */
  readonly name: string;
  /** Undefined for the bundled facts, which are of no tenant. */
  readonly facts: TenantFacts | undefined;
  /** The facts over the bundled ones. */
  readonly catalogue: Catalogue;
}

export interface DescribedTenant {
  readonly scope: MetadataScope;
  readonly known: KnownTenant;
}

/** How a snapshot's file is called, so that it is found again. */
export const snapshotEnding = '.zoql-schema.json';

/** The tenants of which at least one object is known, the active one first. Nothing is asked of them. */
export async function describedTenants(app: App): Promise<readonly DescribedTenant[]> {
  const { tenants, metadata } = await app.parts();
  const settings = readRequestSettings();
  const all = await Promise.all(
    activeFirst(tenants).map(async profile => {
      const scope = scopeOf(profile, settings);
      return { scope, known: await metadata.known(scope) };
    }),
  );
  return all.filter(({ known }) => 0 < known.objects.size);
}

interface Item extends vscode.QuickPickItem {
  readonly load?: () => Promise<Schema | undefined>;
}

/** The schema that a person picks; undefined where none was, or after saying why it cannot be read. */
export async function pickSchema(app: App, title: string, placeHolder: string): Promise<Schema | undefined> {
  const parts = await app.parts();
  const bundled = await parts.bundledCatalogue();
  const [tenants, files] = await Promise.all([
    describedTenants(app),
    vscode.workspace.findFiles(`**/*${snapshotEnding}`, undefined, mostFiles),
  ]);
  const schemaOf = (name: string, facts: TenantFacts): Schema => ({
    name,
    facts,
    catalogue: withTenant(bundled, facts),
  });
  const items: Item[] = [
    ...tenants.map(({ scope, known }) => {
      const facts = factsOf(scope.tenant, known);
      return {
        label: scope.tenant,
        description: countOf(facts),
        iconPath: new vscode.ThemeIcon('server-environment'),
        load: () => Promise.resolve(schemaOf(scope.tenant, facts)),
      };
    }),
    ...files.map(file => ({
      label: vscode.workspace.asRelativePath(file),
      description: 'snapshot',
      iconPath: new vscode.ThemeIcon('json'),
      load: () => loadFile(file),
    })),
    { label: 'Snapshot File…', iconPath: new vscode.ThemeIcon('folder-opened'), load: askForFile },
    {
      label: 'Bundled Facts',
      description: "Zuora's standard objects",
      iconPath: new vscode.ThemeIcon('package'),
      load: () => Promise.resolve({ name: 'bundled facts', facts: undefined, catalogue: bundled }),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return picked?.load?.();

  async function loadFile(file: vscode.Uri): Promise<Schema | undefined> {
    const facts = await readFile(file);
    return facts && schemaOf(`${facts.tenant} (${baseName(file)})`, facts);
  }

  async function askForFile(): Promise<Schema | undefined> {
    const [file] = (await vscode.window.showOpenDialog({ title, filters: { JSON: ['json'] } })) ?? [];
    return file && loadFile(file);
  }
}

/** More snapshots than these nobody keeps in one workspace. */
const mostFiles = 50;

/** "119 objects, 3 days old": as old as the oldest of them. */
export function countOf({ objects }: TenantFacts): string {
  const [oldest] = objects.map(({ day }) => day).sort();
  const age = oldest && ageOf(oldest, dayOf(new Date()));
  return `${objects.length === 1 ? '1 object' : `${objects.length} objects`}${age === undefined ? '' : `, ${age}`}`;
}

/** Undefined after saying why it cannot be read. */
async function readFile(file: vscode.Uri): Promise<TenantFacts | undefined> {
  const refuse = (reason: string) => {
    const message = `${baseName(file)} cannot be read as a schema: ${reason}. Nothing was compared. Choose another file, or export the snapshot anew.`;
    void vscode.window.showErrorMessage(message);
    return undefined;
  };
  let text: string;
  try {
    text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    return refuse(error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
  }
  const read = readSnapshot(text);
  return read.ok ? read.facts : refuse(read.fault.message);
}

function baseName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
