/** The language library: the only file that others import. */
export * from './analysis';
export * from './catalogue';
export { describeChoice } from './chooseDialect';
export * from './codeActions';
export * from './completion';
export * from './dialect';
export * from './document';
export * from './edits';
export * from './hover';
export * from './problemCodes';
export * from './queryText';
export * from './resolve';
export * from './semanticTokens';
export * from './symbols';
export type * from './syntax/tree';
