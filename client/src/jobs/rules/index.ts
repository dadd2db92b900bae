/** All rules of the preflight. A new one is a file beside this one and a line here. */
import type { Finding } from '../findings';
import type { RequestInput } from '../request';
import { deletedForced, deletedRowsPurged } from './deletedRows';
import { dateTimeUtcVersion, pgpNeedsArchive, sourceDataWarehouse } from './delivery';
import { fullLoad } from './fullLoad';
import { extraHeader, headerCharacters, severalEntityIds, trackId, zuoraVersionForm } from './headers';
import { incrementalTimeForm, incrementalTimeMeaning } from './incrementalTime';
import { jobNameTooLong } from './jobName';
import { notifyUrlTooLong, notifyUrlVariables } from './notifyUrl';
import { queryCount } from './queryCount';
import { queryLength } from './queryLength';
import { duplicateName, nameOfFile } from './queryNames';
import { queryProblems } from './queryProblems';
import type { PreflightInput, Rule } from './rule';
import { wrongType } from './settingTypes';
import { offsetRange, partialSession, statefulOnly } from './statefulMode';

/** What the request alone tells. */
const requestRules: readonly Rule[] = [
  queryCount,
  wrongType,
  jobNameTooLong,
  partialSession,
  statefulOnly,
  offsetRange,
  incrementalTimeForm,
  notifyUrlVariables,
  notifyUrlTooLong,
  pgpNeedsArchive,
  sourceDataWarehouse,
  headerCharacters,
  severalEntityIds,
  trackId,
  zuoraVersionForm,
  extraHeader,
  duplicateName,
  queryLength,
  dateTimeUtcVersion,
  deletedForced,
  nameOfFile,
];

/** What needs to know of the files, of the tenant, and of the session's last job. */
const preflightRules: readonly Rule<PreflightInput>[] = [
  queryProblems,
  incrementalTimeMeaning,
  deletedRowsPurged,
  fullLoad,
];

/** Everything worth saying before these queries go out. */
export function findingsOf(input: PreflightInput): Finding[] {
  return [...requestFindings(input), ...preflightRules.flatMap(rule => rule(input))];
}

/** What can be said of a request whose queries come from elsewhere than a plan, such as an earlier job. */
export function requestFindings(input: RequestInput): Finding[] {
  return requestRules.flatMap(rule => rule(input));
}
