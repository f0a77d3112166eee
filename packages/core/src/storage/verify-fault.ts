import type { IntegrityFault } from './driver.ts'

/** Something that does not hold. */
export interface VerifyFault extends IntegrityFault {
  /** The table, where the fault is in one. */
  readonly table?: string
  readonly villageId?: string
  /** The key of the record, or stream and seq of the event. */
  readonly key?: readonly unknown[]
}

/** Takes note of a fault. */
export type Report = (fault: VerifyFault) => void
