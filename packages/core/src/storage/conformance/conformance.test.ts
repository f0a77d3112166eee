import { test } from 'vitest'
import { openMemory } from '../memory/open.ts'
import { conformanceSchema, testConformance } from './index.ts'

testConformance({
  store: 'memory',
  test,
  open: async () => openMemory(conformanceSchema),
  openImpatient: async () => openMemory(conformanceSchema, { waitMsMax: 50 }),
})
