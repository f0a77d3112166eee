import type { ClauseOutcome, Decision, FactChange } from '../eligibility/index.ts'

/**
 * A decision as somebody may see it who may not see all its facts: the outcome stands, and every clause that read a
 * hidden fact goes, since how it came out would tell the fact. So do groups of which nothing is left, and amounts
 * that were counted from such facts.
 */
export function maskedDecision(
  decision: Decision,
  isHidden: (path: string) => boolean,
): { readonly decision: Decision; readonly isMasked: boolean } {
  const parts = decision.criteria.parts.flatMap((part) => shownPart(part, isHidden))
  const isOpen = clausesIn(decision.criteria).every(isShown(isHidden))
  const benefit = decision.benefit?.missing.some(isHidden) === true ? null : decision.benefit
  if (isOpen) return { decision: { ...decision, benefit }, isMasked: benefit !== decision.benefit }
  const criteria = {
    ...decision.criteria,
    parts,
    missing: decision.missing.filter((path) => !isHidden(path)),
  }
  const masked = { ...decision, criteria, missing: criteria.missing, reasons: [], benefit: null }
  return { decision: masked, isMasked: true }
}

/** The changes that would help, without those that tell what a hidden fact is now. */
export function shownChanges(
  changes: readonly (readonly FactChange[])[],
  isHidden: (path: string) => boolean,
): readonly (readonly FactChange[])[] {
  return changes.filter((set) => set.every(({ path }) => !isHidden(path)))
}

function isShown(isHidden: (path: string) => boolean): (clause: ClauseOutcome) => boolean {
  return ({ facts, missing }) => !facts.some(({ path }) => isHidden(path)) && !missing.some(isHidden)
}

function shownPart(part: ClauseOutcome, isHidden: (path: string) => boolean): readonly ClauseOutcome[] {
  if (part.kind === 'clause') return isShown(isHidden)(part) ? [part] : []
  const parts = part.parts.flatMap((inner) => shownPart(inner, isHidden))
  if (parts.length === 0) return []
  return [{ ...part, parts, missing: part.missing.filter((path) => !isHidden(path)) }]
}

function clausesIn(outcome: ClauseOutcome): readonly ClauseOutcome[] {
  return outcome.kind === 'clause' ? [outcome] : outcome.parts.flatMap(clausesIn)
}
