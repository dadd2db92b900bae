/** What is fuzzed, as one file whose blocks can be counted. */
export { invariants } from '../zoql/invariants';
export { pieces } from '../zoql/anyText';
