import fc from 'fast-check'

/** Properties that do not name a count of their own run ten times as many cases as on an everyday run. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 1000 })
