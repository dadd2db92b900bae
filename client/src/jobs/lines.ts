/**
 * The lines of the view "AQuA Jobs": tenant → job → batch. What the tree of VS Code asks for, without VS Code.
 *
 * A line is named rather than held: what it shows is looked up in the store whenever it is drawn. All but the lines below
 * a job are made from summaries, and of a long history only the newest are lines at all, so that thousands of jobs cost
 * no more than a hundred.
 */
import { activeFirst, type TenantProfile } from '../tenants/profiles';
import { describeJob, describeOlder, describeRow, describeTenant, rowsOf, type Described } from './describe';
import { matches, type JobFilter } from './filter';
import { isSettled, type Job, type JobSummary } from './model';
import { countStandings, standingOf, type StandingCounts } from './standing';

/** A line that is about one job. */
export type JobNode =
  | { readonly kind: 'job'; readonly key: string }
  | { readonly kind: 'batch'; readonly key: string; readonly index: number };

/** Where jobs live: a name and an address, of which the settings may know nothing any more. */
export interface TenantPlace {
  readonly tenant: string;
  readonly origin: string;
}

export type TenantNode = TenantPlace & { readonly kind: 'tenant' };

/** The last line of a tenant of which not all jobs are shown. */
export type OlderNode = TenantPlace & { readonly kind: 'older' };

export type TreeNode = TenantNode | OlderNode | JobNode;

/** The part of the store that the lines are made from. */
export interface JobSource {
  /** Newest first. */
  all(): readonly JobSummary[];
  find(key: string): JobSummary | undefined;
  /** The whole job, if that is in memory. */
  get(key: string): Job | undefined;
  open(key: string): Promise<Job | undefined>;
}

/** The tenants of the settings. */
export interface TenantSource {
  all(): readonly TenantProfile[];
  active(): TenantProfile | undefined;
}

/** A line as it is drawn. */
export interface Line extends Described {
  /** Stays the same while the line is about the same thing. */
  readonly id: string;
  /** How the line first comes; undefined where nothing can be below it. */
  readonly first: 'expanded' | 'collapsed' | undefined;
}

export interface JobLines {
  /** Without a node, the lines at the top. */
  children(node?: TreeNode): Promise<readonly TreeNode[]>;
  parent(node: TreeNode): TreeNode | undefined;
  /** Undefined where what the line was about is gone. */
  line(node: TreeNode): Promise<Line | undefined>;
  /** To be called as soon as a job or a tenant came, changed or went. */
  outdate(): void;
  /**
   * Which of the lines that were asked for are to be drawn again, each with all below it, since these jobs came, changed
   * or went; the tenants may have changed, too. `all`: from the top.
   */
  changed(keys: readonly string[]): readonly TreeNode[] | 'all';
  /** Which lines say something else by now, only because time has passed. */
  aged(): readonly TreeNode[] | 'all';
  filter(): JobFilter | undefined;
  setFilter(filter: JobFilter | undefined): void;
  /** Shows more of a tenant's jobs, and answers the first of them. */
  showOlder(place: TenantPlace): TreeNode | undefined;
  /** Makes a job one that is shown: shows as many older ones, drops a filter that it does not fit. False: it was. */
  uncover(key: string): boolean;
  /** How many jobs fit the filter, and how many there are. */
  counts(): { readonly fitting: number; readonly total: number };
}

export interface LinesParts {
  readonly source: JobSource;
  readonly tenants: TenantSource;
  /** ms since 1970. */
  readonly now: () => number;
}

/** Jobs of a tenant that are shown at first, and further ones with each step. */
export const jobsAtOnce = 100;

/** A tenant with its jobs in the order of their lines. */
interface Branch {
  readonly place: TenantPlace;
  readonly profile: TenantProfile | undefined;
  readonly active: boolean;
  readonly total: number;
  readonly counts: StandingCounts;
  /** Keys of those that fit the filter. */
  readonly keys: readonly string[];
}

export function createJobLines({ source, tenants, now }: LinesParts): JobLines {
  /** VS Code knows a line by its object, so a line that is drawn again is the same one. */
  const nodes = new Map<string, TreeNode>();
  /** What was last said in each line that VS Code has asked for. */
  const drawn = new Map<string, string>();
  /** How many jobs of a tenant are lines, where that is more than at first. */
  const limits = new Map<string, number>();
  /** Which lines VS Code was last told to be below another. */
  const told = new Map<string, string>();
  let filter: JobFilter | undefined;
  let branches: readonly Branch[] | undefined;

  return {
    async children(node) {
      if (!node) {
        const nodes = known().map(({ place }) => tenantNode(place));
        told.set(top, nodes.map(idOf).join('\n'));
        return nodes;
      }
      switch (node.kind) {
        case 'tenant':
          told.set(idOf(node), signature(node));
          return below(node);
        case 'job': {
          const job = await source.open(node.key);
          return job ? rowsOf(job).map((_, index) => kept({ kind: 'batch', key: job.key, index })) : [];
        }
        case 'older':
        case 'batch':
          return [];
      }
    },

    parent(node) {
      switch (node.kind) {
        case 'tenant':
          return undefined;
        case 'batch':
          return kept({ kind: 'job', key: node.key });
        case 'older':
          return tenantNode(node);
        case 'job': {
          const job = source.find(node.key);
          return job && tenantNode(placeOf(job));
        }
      }
    },

    async line(node) {
      const line = lineOf(node, node.kind === 'batch' ? await whole(node.key) : undefined);
      if (line) drawn.set(line.id, textOf(line));
      return line;
    },

    outdate,

    changed(keys) {
      outdate();
      forget(new Set(keys.filter(key => !source.find(key))));
      const some = new Set(keys);
      return redrawn(key => some.has(key));
    },

    aged() {
      outdate(); // A filter can be about age.
      return redrawn(key => hasOtherWords(kept({ kind: 'job', key })));
    },

    filter: () => filter,
    setFilter,

    showOlder(place) {
      const branch = branchOf(place);
      if (!branch) return undefined;
      const limit = limitOf(place);
      limits.set(idOf({ kind: 'tenant', ...place }), limit + jobsAtOnce);
      const key = branch.keys[limit];
      return key === undefined ? undefined : kept({ kind: 'job', key });
    },

    uncover(key) {
      const job = source.find(key);
      if (!job) return false;
      const isHidden = filter !== undefined && !matches(job, filter, now());
      if (isHidden) setFilter(undefined);
      const place = placeOf(job);
      const at = branchOf(place)?.keys.indexOf(key) ?? -1;
      const limit = Math.ceil((at + 1) / jobsAtOnce) * jobsAtOnce;
      const isOlder = limitOf(place) < limit;
      if (isOlder) limits.set(idOf({ kind: 'tenant', ...place }), limit);
      return isHidden || isOlder;
    },

    counts: () => ({
      fitting: known().reduce((sum, { keys }) => sum + keys.length, 0),
      total: source.all().length,
    }),
  };

  function outdate(): void {
    branches = undefined;
  }

  function setFilter(wanted: JobFilter | undefined): void {
    filter = wanted;
    limits.clear();
    outdate();
  }

  /** The tenants that say something else or have other lines below, and of the others' jobs those that are wanted. */
  function redrawn(isWanted: (key: string) => boolean): readonly TreeNode[] | 'all' {
    const tenantNodes = known().map(({ place }) => tenantNode(place));
    const before = told.get(top);
    if (before === undefined) return [];
    if (before !== tenantNodes.map(idOf).join('\n')) return 'all';
    return known().flatMap(branch => {
      const node = tenantNode(branch.place);
      const below = told.get(idOf(node));
      if (hasOtherWords(node) || (below !== undefined && below !== signature(branch.place))) return [node];
      if (below === undefined) return [];
      return shownKeys(branch)
        .filter(isWanted)
        .map(key => kept({ kind: 'job', key }));
    });
  }

  /** Which lines are directly below a tenant. */
  function signature(place: TenantPlace): string {
    const branch = branchOf(place);
    return branch ? [...shownKeys(branch), branch.keys.length - limitOf(place)].join('\n') : '';
  }

  function hasOtherWords(node: TreeNode): boolean {
    const before = drawn.get(idOf(node));
    const line = before === undefined || node.kind === 'batch' ? undefined : lineOf(node, undefined);
    return line !== undefined && textOf(line) !== before;
  }

  function below(place: TenantPlace): TreeNode[] {
    const branch = branchOf(place);
    if (!branch) return [];
    const jobs = shownKeys(branch).map(key => kept({ kind: 'job', key }));
    return jobs.length < branch.keys.length ? [...jobs, kept({ kind: 'older', ...branch.place })] : jobs;
  }

  /** `job`: the whole job, for a batch. */
  function lineOf(node: TreeNode, job: Job | undefined): Line | undefined {
    const id = idOf(node);
    switch (node.kind) {
      case 'tenant': {
        const branch = branchOf(node);
        if (!branch) return undefined;
        const { place, profile, active, counts, total, keys } = branch;
        const fitting = filter && keys.length;
        const described = describeTenant({
          name: place.tenant,
          origin: place.origin,
          profile,
          active,
          counts,
          total,
          fitting,
        });
        return {
          ...described,
          id,
          first: keys.length === 0 ? undefined : isOpenAtFirst(branch) ? 'expanded' : 'collapsed',
        };
      }
      case 'older': {
        const left = (branchOf(node)?.keys.length ?? 0) - limitOf(node);
        return { ...describeOlder({ step: jobsAtOnce, left }), id, first: undefined };
      }
      case 'job': {
        const summary = source.find(node.key);
        if (!summary) return undefined;
        const described = describeJob(summary, now(), key => source.find(key));
        // Below a job that went well there is little news.
        const isNews = !isSettled(summary) || standingOf(summary) === 'failed';
        return { ...described, id, first: isNews ? 'expanded' : 'collapsed' };
      }
      case 'batch': {
        const row = job && rowsOf(job)[node.index];
        return job && row && { ...describeRow(job, row), id, first: undefined };
      }
    }
  }

  function isOpenAtFirst({ active }: Branch): boolean {
    const all = known();
    // Without an active tenant there is none to prefer.
    return active || all.length === 1 || !all.some(branch => branch.active);
  }

  async function whole(key: string): Promise<Job | undefined> {
    return source.get(key) ?? source.open(key);
  }

  function known(): readonly Branch[] {
    return (branches ??= arrange(source.all(), { tenants, filter, now: now() }));
  }

  function branchOf({ tenant, origin }: TenantPlace): Branch | undefined {
    return known().find(({ place }) => place.tenant === tenant && place.origin === origin);
  }

  function limitOf({ tenant, origin }: TenantPlace): number {
    return limits.get(idOf({ kind: 'tenant', tenant, origin })) ?? jobsAtOnce;
  }

  function shownKeys({ place, keys }: Branch): readonly string[] {
    return keys.slice(0, limitOf(place));
  }

  function tenantNode({ tenant, origin }: TenantPlace): TreeNode {
    return kept({ kind: 'tenant', tenant, origin });
  }

  function kept(fresh: TreeNode): TreeNode {
    const id = idOf(fresh);
    const node = nodes.get(id) ?? fresh;
    nodes.set(id, node);
    return node;
  }

  /** Of a job that is gone, nothing is drawn again. */
  function forget(gone: ReadonlySet<string>): void {
    if (gone.size === 0) return;
    for (const [id, node] of nodes) {
      if (!('key' in node) || !gone.has(node.key)) continue;
      nodes.delete(id);
      drawn.delete(id);
    }
  }
}

/** What `told` calls the lines that are below none. */
const top = '';

/** Neither name nor batch ID is part of a line's id: both may come later. */
function idOf(node: TreeNode): string {
  switch (node.kind) {
    case 'tenant':
    case 'older':
      return `${node.kind}/${node.origin}/${node.tenant}`;
    case 'job':
      return node.key;
    case 'batch':
      return `${node.key}/${node.index}`;
  }
}

/** All that a line shows of itself. */
function textOf({ label, description, icon, spoken, words }: Described): string {
  return [label, description, icon.id, spoken, ...words].join('\n');
}

function placeOf({ scope }: JobSummary): TenantPlace {
  return { tenant: scope.tenant, origin: scope.origin };
}

interface ArrangeOptions {
  readonly tenants: TenantSource;
  readonly filter: JobFilter | undefined;
  readonly now: number;
}

/** The active tenant first, then the others in the order of the settings, then those that are no longer there, by name. */
function arrange(jobs: readonly JobSummary[], { tenants, filter, now }: ArrangeOptions): Branch[] {
  // Without a job nothing stands in the way of the view's welcome text.
  if (jobs.length === 0) return [];
  const byPlace = new Map<string, JobSummary[]>();
  for (const job of jobs) {
    const id = idOf({ kind: 'tenant', ...placeOf(job) });
    const same = byPlace.get(id);
    if (same) same.push(job);
    else byPlace.set(id, [job]);
  }
  const active = tenants.active();
  const branches = activeFirst(tenants).flatMap(profile => {
    const place = { tenant: profile.name, origin: profile.origin };
    const id = idOf({ kind: 'tenant', ...place });
    const own = byPlace.get(id) ?? [];
    byPlace.delete(id);
    return own.length === 0 && profile !== active ? [] : [branch(place, profile, own)];
  });
  const others = [...byPlace.values()].flatMap(own => (own[0] ? [branch(placeOf(own[0]), undefined, own)] : []));
  others.sort((a, b) => a.place.tenant.localeCompare(b.place.tenant));
  const all = [...branches, ...others];
  return filter ? all.filter(({ keys }) => 0 < keys.length) : all;

  function branch(place: TenantPlace, profile: TenantProfile | undefined, own: readonly JobSummary[]): Branch {
    const fitting = filter ? own.filter(job => matches(job, filter, now)) : own;
    return {
      place,
      profile,
      active: profile !== undefined && profile === active,
      total: own.length,
      counts: countStandings(own),
      keys: inOrder(fitting).map(({ key }) => key),
    };
  }
}

/**
 * Pinned jobs first, else newest first. The jobs of a split stand together where the newest of them stands, in their
 * order, and are pinned together.
 */
function inOrder(jobs: readonly JobSummary[]): readonly JobSummary[] {
  const groups = new Map<string, JobSummary[]>();
  for (const job of jobs) {
    if (!job.group) continue;
    const others = groups.get(job.group.id) ?? [];
    groups.set(
      job.group.id,
      [...others, job].sort((a, b) => (a.group?.index ?? 0) - (b.group?.index ?? 0)),
    );
  }
  const together = jobs.flatMap(job => {
    if (!job.group) return job;
    const whole = groups.get(job.group.id) ?? [];
    groups.delete(job.group.id);
    return whole;
  });
  const pinnedGroups = new Set(jobs.flatMap(({ group, pinned }) => (group && pinned ? group.id : [])));
  const isPinned = ({ pinned, group }: JobSummary) => pinned || (group !== undefined && pinnedGroups.has(group.id));
  return [...together.filter(isPinned), ...together.filter(job => !isPinned(job))];
}
