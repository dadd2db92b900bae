/**
 * What tenants have described, as this window knows it: what the disk holds at once, what is missing or old when somebody
 * needs it, and all of it when a person asks. What was known stays until something newer has come.
 */
import type { RefusedField } from '../../../../server/src/zoql/index';
import { mapAtOnce } from '../../atOnce';
import type { ZuoraClient } from '../../zuora/aqua';
import type { Clock } from '../../zuora/clock';
import type { Description, ListedObject } from '../../zuora/describe';
import { success, type Failure, type Outcome } from '../../zuora/outcome';
import { scopeKey, type Dated, type MetadataCache, type MetadataScope } from './cache';

export interface KnownTenant {
  readonly list: Dated<readonly ListedObject[]> | undefined;
  /** By their names in lower case. */
  readonly objects: ReadonlyMap<string, Dated<Description>>;
  readonly refused: readonly RefusedField[];
}

/** What has come since the listener was last told. */
export interface MetadataChange {
  readonly scope: MetadataScope;
  readonly objects: readonly Dated<Description>[];
}

export interface RefreshReport {
  readonly described: number;
  /** Objects that were not described, each with the reason. What was known of them stays. */
  readonly failed: readonly { readonly name: string; readonly failure: Failure }[];
  /** A person has ended it, or the tenant would not answer any more: so many were not asked for. */
  readonly left: number;
}

export interface Metadata {
  /** What is known now. The first call for a tenant reads the disk. */
  known(scope: MetadataScope): Promise<KnownTenant>;
  /**
   * Sees to it that these objects are known: asks for what is missing, or older than a day. A name that the tenant does
   * not list is passed over; an object that could not be had is left alone for some minutes.
   */
  need(scope: MetadataScope, names: readonly string[]): Promise<void>;
  /** Asks for the list and every object of it. Each counts as soon as it has come. */
  refresh(
    scope: MetadataScope,
    options: { readonly signal: AbortSignal; readonly report: (words: string) => void },
  ): Promise<Outcome<RefreshReport>>;
  /** Remembers a field that AQuA refused on this tenant. */
  refuse(scope: MetadataScope, field: RefusedField): Promise<void>;
  /** Forgets those: what a tenant refuses changes with its configuration, which no description tells. */
  forgetRefused(scope: MetadataScope): Promise<void>;
  onDidChange(listener: (change: MetadataChange) => void): { dispose(): void };
  /** Ends the requests that are under way. */
  dispose(): void;
}

export interface MetadataOptions {
  readonly client: Pick<ZuoraClient, 'objects' | 'describe'>;
  readonly cache: MetadataCache;
  readonly clock: Clock;
  /** Whether this window may ask the tenant without a person's word: it is trusted, signed in, and not told otherwise. */
  readonly mayAsk: (scope: MetadataScope) => Promise<boolean>;
}

interface Tenant {
  list: Dated<readonly ListedObject[]> | undefined;
  readonly objects: Map<string, Dated<Description>>;
  refused: readonly RefusedField[];
  listing: Promise<Outcome<readonly ListedObject[]>> | undefined;
  /** Requests under way, by the objects' names in lower case. */
  readonly describing: Map<string, Promise<Outcome<Description>>>;
  /** Until when nobody asks again by itself, on the monotonic clock: for single objects, and under '' for the list. */
  readonly pauses: Map<string, number>;
}

/** A description changes when somebody changes the tenant's configuration: rarely, and by hand. */
const freshForMs = 24 * 60 * 60 * 1000;

/** After a failure nobody asks by itself for so long; a person can at any time. */
const pauseMs = 5 * 60 * 1000;

/** Zuora allows 40 requests at once to most tenants (Zuora, Rate limits); jobs are to have most of them. */
const requestsAtOnce = 4;

export function createMetadata({ client, cache, clock, mayAsk }: MetadataOptions): Metadata {
  const tenants = new Map<string, Promise<Tenant>>();
  const listeners = new Set<(change: MetadataChange) => void>();
  const lifetime = new AbortController();

  return {
    known: tenantOf,

    async need(scope, names) {
      const tenant = await tenantOf(scope);
      if (names.every(name => isFresh(tenant.objects.get(name.toLowerCase()))) || !(await mayAsk(scope))) return;
      const listed = await listFor(scope, tenant);
      const wanted = listed.filter(
        ({ name }) =>
          names.some(each => each.toLowerCase() === name.toLowerCase()) &&
          !isFresh(tenant.objects.get(name.toLowerCase())) &&
          !isPaused(tenant, name.toLowerCase()),
      );
      await mapAtOnce(wanted, requestsAtOnce, ({ name }) => describe(scope, tenant, name, lifetime.signal));
    },

    async refresh(scope, { signal, report }) {
      const tenant = await tenantOf(scope);
      const ending = AbortSignal.any([signal, lifetime.signal]);
      report('the list of objects');
      const listed = await list(scope, tenant, ending);
      if (!listed.ok) return listed;

      const failed: { name: string; failure: Failure }[] = [];
      const stop = new AbortController();
      const asking = AbortSignal.any([ending, stop.signal]);
      let described = 0;
      await mapAtOnce(
        listed.value,
        requestsAtOnce,
        async ({ name }) => {
          const outcome = await describe(scope, tenant, name, asking);
          if (outcome.ok) described++;
          else if (!asking.aborted) {
            failed.push({ name, failure: outcome.failure });
            if (endsAll(outcome.failure)) stop.abort();
          }
          report(`${described} of ${listed.value.length} objects`);
        },
        asking,
      );
      return success({ described, failed, left: listed.value.length - described - failed.length });
    },

    async refuse(scope, field) {
      const tenant = await tenantOf(scope);
      const isSame = (one: RefusedField) =>
        one.dialect === field.dialect &&
        one.object.toLowerCase() === field.object.toLowerCase() &&
        one.field.toLowerCase() === field.field.toLowerCase();
      if (tenant.refused.some(isSame)) return;
      tenant.refused = [...tenant.refused, field];
      tell({ scope, objects: [] });
      await cache.writeRefused(scope, tenant.refused);
    },

    async forgetRefused(scope) {
      const tenant = await tenantOf(scope);
      tenant.refused = [];
      tell({ scope, objects: [] });
      await cache.writeRefused(scope, []);
    },

    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },

    dispose() {
      lifetime.abort();
      listeners.clear();
    },
  };

  function tenantOf(scope: MetadataScope): Promise<Tenant> {
    const key = scopeKey(scope);
    let tenant = tenants.get(key);
    if (!tenant) tenants.set(key, (tenant = load(scope)));
    return tenant;
  }

  async function load(scope: MetadataScope): Promise<Tenant> {
    const { list: listed, objects, refused } = await cache.read(scope);
    const byName = new Map(objects.map(object => [object.value.name.toLowerCase(), object]));
    return { list: listed, objects: byName, refused, listing: undefined, describing: new Map(), pauses: new Map() };
  }

  /** The list as far as it is known: an old one serves where no newer one can be had. */
  async function listFor(scope: MetadataScope, tenant: Tenant): Promise<readonly ListedObject[]> {
    if (!isFresh(tenant.list) && !isPaused(tenant, '')) await list(scope, tenant, lifetime.signal);
    return tenant.list?.value ?? [];
  }

  function list(scope: MetadataScope, tenant: Tenant, signal: AbortSignal): Promise<Outcome<readonly ListedObject[]>> {
    return (tenant.listing ??= ask().finally(() => (tenant.listing = undefined)));

    async function ask(): Promise<Outcome<readonly ListedObject[]>> {
      const outcome = await client.objects(scope, signal);
      pauseAfter(tenant, '', outcome);
      if (!outcome.ok) return outcome;
      tenant.list = { at: clock.now(), value: outcome.value };
      await cache.writeList(scope, tenant.list);
      return outcome;
    }
  }

  /** Two that want one object at once are served by one request. */
  function describe(
    scope: MetadataScope,
    tenant: Tenant,
    name: string,
    signal: AbortSignal,
  ): Promise<Outcome<Description>> {
    const key = name.toLowerCase();
    let describing = tenant.describing.get(key);
    if (!describing) {
      describing = ask().finally(() => tenant.describing.delete(key));
      tenant.describing.set(key, describing);
    }
    return describing;

    async function ask(): Promise<Outcome<Description>> {
      const outcome = await client.describe(scope, name, signal);
      pauseAfter(tenant, key, outcome);
      if (!outcome.ok) return outcome;
      const object = { at: clock.now(), value: outcome.value };
      tenant.objects.set(key, object);
      tell({ scope, objects: [object] });
      await cache.writeObject(scope, object);
      return outcome;
    }
  }

  function isFresh(dated: Dated<unknown> | undefined): boolean {
    // A clock that was put back must not keep something for ever.
    return dated !== undefined && Math.abs(clock.now() - dated.at) < freshForMs;
  }

  function isPaused({ pauses }: Tenant, key: string): boolean {
    return clock.monotonic() < (pauses.get(key) ?? 0);
  }

  function pauseAfter({ pauses }: Tenant, key: string, outcome: Outcome<unknown>): void {
    if (outcome.ok) pauses.delete(key);
    else if (outcome.failure.kind !== 'canceled') pauses.set(key, clock.monotonic() + pauseMs);
  }

  function tell(change: MetadataChange): void {
    for (const listener of listeners) listener(change);
  }
}

/** What the next object would meet as well. */
function endsAll({ kind }: Failure): boolean {
  switch (kind) {
    case 'network':
    case 'timeout':
    case 'canceled':
    case 'unauthorized':
    case 'throttled':
    case 'redirected':
    case 'signed-out':
    case 'untrusted':
    case 'storage':
      return true;
    case 'unavailable':
    case 'in-progress':
    case 'rejected':
    case 'malformed':
      return false;
  }
}
