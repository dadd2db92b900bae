/** What makes a job stateful, and what only a stateful one takes (Zuora docs, stateless and stateful modes, 2026-11). */
import type { Finding } from '../findings';
import type { RequestInput } from '../request';
import type { RequestSetting, RequestSettings } from '../settings';
import { offsetValue, rawValue, sessionOf, show, textValue, versionValue } from '../settingValues';
import { aboutSetting, clearSetting, enterSetting, setSetting } from './rule';

/**
 * partner-without-project, partner-without-version, project-without-partner: a session that is not whole. A project alone
 * is no mistake of the request: without a partner the job is stateless, whatever its version.
 */
export function partialSession({ settings }: RequestInput): readonly Finding[] {
  const partner = textValue(settings, 'zoql.job.partner');
  const project = textValue(settings, 'zoql.job.project');
  if (partner === undefined) {
    if (project === undefined) return [];
    const message = 'counts only together with zoql.job.partner: the job is stateless.';
    const fixes = [enterSetting('zoql.job.partner'), clearSetting('zoql.job.project')];
    return [{ ...aboutSetting('project-without-partner', 'zoql.job.project', message, { weight: 'notes' }), fixes }];
  }
  const findings: Finding[] = [];
  if (project === undefined) {
    findings.push({
      ...aboutSetting(
        'partner-without-project',
        'zoql.job.partner',
        'needs zoql.job.project as well: only both together make a stateful job.',
      ),
      fixes: [enterSetting('zoql.job.project'), clearSetting('zoql.job.partner')],
    });
  }
  if (versionValue(settings) !== 1.1) {
    findings.push(
      aboutSetting('partner-without-version', 'zoql.job.partner', 'needs zoql.job.version 1.1.', {
        fixes: [setSetting('zoql.job.version', 1.1), clearSetting('zoql.job.partner')],
      }),
    );
  }
  return findings;
}

/** stateful-only: incrementalTime or offset in a job that is stateless. */
export function statefulOnly({ settings }: RequestInput): readonly Finding[] {
  if (sessionOf(settings)) return [];
  const only: readonly RequestSetting[] = ['zoql.job.incrementalTime', 'zoql.job.offset'];
  return only
    .filter(setting => rawValue(settings, setting) !== undefined)
    .map(setting =>
      aboutSetting(
        'stateful-only',
        setting,
        'works in stateful mode only: it needs zoql.job.partner, zoql.job.project and zoql.job.version 1.1.',
        { fixes: [...lackingOfSession(settings), clearSetting(setting)] },
      ),
    );
}

/** The one step that makes the job stateful, where it is one. */
function lackingOfSession(settings: RequestSettings) {
  const isNamed = ['zoql.job.partner' as const, 'zoql.job.project' as const].every(
    setting => textValue(settings, setting) !== undefined,
  );
  return isNamed ? [setSetting('zoql.job.version', 1.1)] : [];
}

/** offset-range: an offset that is not 0 to 3600 seconds. */
export function offsetRange({ settings }: RequestInput): readonly Finding[] {
  const setting = 'zoql.job.offset';
  const value = rawValue(settings, setting);
  if (value === undefined || offsetValue(settings) !== undefined) return [];
  const number = Number(value);
  const nearest = Number.isNaN(number) ? undefined : Math.round(Math.min(3600, Math.max(0, number)));
  return [
    aboutSetting('offset-range', setting, `must be a whole number of seconds from 0 to 3600, not ${show(value)}.`, {
      fixes: [...(nearest === undefined ? [] : [setSetting(setting, nearest)]), clearSetting(setting)],
    }),
  ];
}
