import type { Sample } from '../frame/command.ts'
import type { Say } from '../words/catalogue.ts'

/** A passphrase file, as several helps show it. */
export function passphraseSample(say: Say): Sample {
  return { file: say('passphrase.file'), text: 'padi menguning di tepi sawah' }
}
