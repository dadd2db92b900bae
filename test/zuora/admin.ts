/** `/__admin/…`: what a test in another process needs. No token; the server listens on loopback only. */
import { readFault, UnknownFault, type Faults } from './faults';
import { json, type Answer, type Received } from './http';
import type { PassedThrough } from './proxy';
import type { LoggedRequest } from './requestLog';
import type { Violation } from './violations';

export interface AdminParts {
  readonly faults: Faults;
  readonly requests: readonly LoggedRequest[];
  readonly violations: readonly Violation[];
  readonly jobsByKey: () => ReadonlyMap<string, number>;
  readonly jobCount: () => number;
  /** What went through the proxy beside the stand-in. */
  readonly passed: () => readonly PassedThrough[];
  readonly advance: (milliseconds: number) => void;
  readonly expireTokens: () => void;
  readonly reset: () => void;
}

export function admin(received: Received, parts: AdminParts): Answer {
  try {
    return route(received, parts);
  } catch (error) {
    if (error instanceof UnknownFault || error instanceof SyntaxError) return json(400, { message: error.message });
    throw error;
  }
}

function route({ method, path, body }: Received, parts: AdminParts): Answer {
  const done = json(200, { done: true });
  switch (`${method} ${path.slice('/__admin/'.length)}`) {
    case 'GET requests':
      return json(200, parts.requests);
    case 'GET counters':
      return json(200, {
        jobs: parts.jobCount(),
        jobsByKey: Object.fromEntries(parts.jobsByKey()),
        violations: parts.violations,
      });
    case 'GET passed':
      return json(200, parts.passed());
    case 'POST faults':
      parts.faults.add(readFault(body));
      return done;
    case 'POST release':
      parts.faults.releaseAll();
      return done;
    case 'POST advance':
      parts.advance(readMilliseconds(body));
      return done;
    case 'POST expire-tokens':
      parts.expireTokens();
      return done;
    case 'POST reset':
      parts.reset();
      return done;
    default:
      return json(404, { message: `There is no admin call ${method} ${path}.` });
  }
}

/** `{ "ms": 5000 }` */
function readMilliseconds(body: string): number {
  const value: unknown = JSON.parse(body);
  if (typeof value === 'object' && value !== null && 'ms' in value && typeof value.ms === 'number') return value.ms;
  throw new SyntaxError('Expected {"ms": number}');
}
