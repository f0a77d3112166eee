export {
  decimalScaleMax,
  type FactBase,
  type FactRange,
  type FactType,
  factNumberMax,
  type ListFact,
  listItemsMaxDefault,
  type RecordFact,
  type ScalarFact,
} from './fact-types.ts'
