import type { Host } from '../host.ts'
import { type Answer, type Format, writeAnswer } from '../output/answer.ts'
import { openProgress, type Progress } from '../output/progress.ts'
import { type Writer, writerOn } from '../output/writer.ts'
import { type Locale, localeOf, type Say, sayIn } from '../words/catalogue.ts'
import { type Fault, faultLine, plainLine } from './faults.ts'

/** One run of the command: its voice, its streams and how it will end. */
export interface Session {
  readonly host: Host
  readonly locale: Locale
  readonly say: Say
  readonly out: Writer
  readonly err: Writer
  /** Writes the result of the command. */
  readonly answer: (format: Format, answer: Answer) => Promise<void>
  /** A summary or warning for people, on stderr. */
  readonly note: (text: string) => Promise<void>
  /** Something that is wrong, on a line of its own; the run ends with 1. */
  readonly fault: (fault: Fault) => Promise<void>
  readonly progress: (label: string) => Progress
  /** Throws where the run was told to end. */
  readonly checkpoint: () => void
  readonly exitCode: () => 0 | 1
}

/** Opens a session for the words of a command line. */
export function openSession(args: readonly string[], host: Host): Session {
  const locale = localeOf(args, host.env)
  const say = sayIn(locale)
  const [out, err] = [writerOn(host.stdout), writerOn(host.stderr)]
  let exitCode: 0 | 1 = 0
  return {
    host,
    locale,
    say,
    out,
    err,
    answer: (format, answer) =>
      writeAnswer(out, format, answer, {
        empty: say('table.empty'),
        field: say('table.field'),
        value: say('table.value'),
      }),
    note: (text) => err.write(`${plainLine(text)}\n`),
    async fault(fault) {
      exitCode = 1
      await err.write(`${faultLine(fault)}\n`)
    },
    progress: (label) => openProgress(err, say, label),
    checkpoint: () => host.signal.throwIfAborted(),
    exitCode: () => exitCode,
  }
}
