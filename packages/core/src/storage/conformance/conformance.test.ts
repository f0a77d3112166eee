import { test } from 'vitest'
import { openMemory } from '../memory.ts'
import { conformanceSchema, testConformance } from './index.ts'

testConformance({ store: 'memory', test, open: async () => openMemory(conformanceSchema) })
