import type { Feature } from '../feature';
import {
  objectsNeededNotification,
  tenantFactsNotification,
  type ObjectsNeededParams,
  type TenantFactsParams,
} from '../protocol';
import { objectsOf, type DescribedObject, type Statement, type TenantFacts } from '../zoql/index';

/** Long enough to fall between two bursts of typing: a name that is half typed is none that anybody needs. */
const pauseMilliseconds = 500;

/** How much text is looked through without a pause, in UTF-16 code units. */
const readAtOnce = 50_000;

/** Takes what the client knows of a tenant, and tells it which objects the open files are about. */
export const tenantFacts: Feature = {
  abilities: () => ({}),
  listen: server => {
    const { connection, files, runtime } = server;
    let facts: TenantFacts | undefined;
    const asked = new Set<string>();
    /** Statements whose objects are known in the present context: an edit costs what it has changed. */
    let seen = new WeakSet<Statement>();
    let cancel: (() => void) | undefined;

    connection.onNotification(tenantFactsNotification, (params: TenantFactsParams) =>
      server.guarded('tenant', undefined, () => {
        if (params.anew || params.tenant !== (facts?.tenant ?? null)) asked.clear();
        facts = merged(facts, params);
        server.useTenant(facts);
        schedule();
      }),
    );
    files.onDidChangeContent(() => schedule());
    server.whenChanged(() => (seen = new WeakSet()));

    function schedule(milliseconds = pauseMilliseconds): void {
      cancel?.();
      cancel = facts && runtime.after(milliseconds, () => server.guarded('tenant', undefined, ask));
    }

    function ask(): void {
      const described = new Set(facts?.objects.map(({ name }) => name.toLowerCase()));
      const { names, isWhole } = nextObjects();
      const objects = names.filter(name => {
        const key = name.toLowerCase();
        return !described.has(key) && !asked.has(key) && asked.add(key);
      });
      const params: ObjectsNeededParams = { objects };
      if (0 < objects.length) server.send('tenant', connection.sendNotification(objectsNeededNotification, params));
      if (!isWhole) schedule(0);
    }

    function nextObjects(): { readonly names: readonly string[]; readonly isWhole: boolean } {
      const names: string[] = [];
      let left = readAtOnce;
      for (const { document } of files.all()) {
        for (const statement of document.statements) {
          if (seen.has(statement)) continue;
          if (left <= 0) return { names, isWhole: false };
          left -= statement.text.length;
          seen.add(statement);
          names.push(...objectsOf(statement, server.context));
        }
      }
      return { names, isWhole: true };
    }
  },
};

function merged(before: TenantFacts | undefined, params: TenantFactsParams): TenantFacts | undefined {
  const { tenant, anew, objects, refused } = params;
  if (tenant === null) return undefined;
  if (anew || before?.tenant !== tenant) return { tenant, objects, refused };
  const byName = new Map<string, DescribedObject>();
  for (const object of [...before.objects, ...objects]) byName.set(object.name.toLowerCase(), object);
  return { tenant, objects: [...byName.values()], refused };
}
