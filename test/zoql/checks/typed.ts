/** A catalogue of one object that has a field of each type, for the checks of values. */
import { catalogueOf, object } from '../catalogues';

export const typed = catalogueOf([
  object(
    'Thing',
    'zoql export',
    [
      'Id id max=32',
      'Active boolean',
      'Count integer',
      'Day date',
      'Due__c date custom',
      'Moment datetime',
      'Name string max=24',
      'Price decimal',
      'State picklist values=Draft,Active,On_Hold',
      'Vague date guessed',
    ],
    {},
  ),
]);
