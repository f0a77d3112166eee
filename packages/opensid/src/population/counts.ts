/** What a population workbook holds. Rows with a fault are not counted. */
export interface PopulationCounts {
  readonly rows: number
  readonly male: number
  readonly female: number
  readonly sexUnknown: number
  /** People without an identity number. */
  readonly withoutNumber: number
  readonly familyCards: number
  /** Hamlets by name, in whatever case it is written. */
  readonly hamlets: number
}
