import { VillageId } from '@lumbung/core/kernel'
import { Option } from 'commander'
import type { Say } from '../words/catalogue.ts'

/** `--village`: the code that a village is stored under. */
export const VillageCode = VillageId.refine(() => true, { error: 'expected.village' })

/** `--dry-run`: tells what would come of an import. */
export function dryRunOption(say: Say): Option {
  return new Option('--dry-run', say('option.dryRun'))
}
