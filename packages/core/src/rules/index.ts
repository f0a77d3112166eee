export {
  decimalScaleMax,
  type FactBase,
  type FactRange,
  factNumberMax,
  type ListFact,
  listItemsMaxDefault,
  type RecordFact,
  type ScalarFact,
} from './fact-types.ts'
