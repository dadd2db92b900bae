// What the process that judges (worker.ts) and a window (window.ts) tell each other.
import type { JobPhase } from '../../client/src/jobs/model';
import type { WindowPlan } from './scenario';

/** A window opens on the journal, goes on with what is there, and submits. */
export interface Opening extends WindowPlan {
  readonly kind: 'open';
  readonly folder: string;
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly factor: number;
  readonly stallMs: number;
  /** When the run's time began, in real ms since 1970: all windows of a run have one time. */
  readonly began: number;
  /** Makes the names of its jobs, which no other window has. */
  readonly name: string;
  readonly seed: number;
  /** It stays until nothing is left to do for any job. */
  readonly stays: boolean;
}

export type ToWindow = Opening | { readonly kind: 'close' };

export type FromWindow =
  /** The program is loaded. */
  | { readonly kind: 'ready' }
  /** What the person at the window is told of a submit. */
  | { readonly kind: 'told'; readonly name: string; readonly phase: JobPhase; readonly id: string | undefined }
  /** The person is told that the job was taken out of the queue. */
  | { readonly kind: 'withdrawn'; readonly name: string }
  /** It has done what it was opened for. */
  | { readonly kind: 'done' }
  | { readonly kind: 'closed' };
