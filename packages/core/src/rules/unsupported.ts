/** What to write instead of functions and macros that CEL has and this language has not, by their names. */
const hints: ReadonlyMap<string, (operand: string) => string> = new Map<string, (operand: string) => string>([
  ['has', (operand) => `Write known(${operand}).`],
  ['matches', () => 'Use startsWith, endsWith or contains.'],
  ['map', () => 'Use sum, min or max over the list, or filter and then exists or all.'],
  ['exists_one', () => 'Write list.filter(x, …).size() == 1.'],
  ['existsOne', () => 'Write list.filter(x, …).size() == 1.'],
  ['now', () => 'The date of the decision is the variable on.'],
  ['timestamp', (operand) => `Write date(${operand}).`],
  ['duration', () => 'Use age(birth, on) or monthsBetween(a, b).'],
  ...['getFullYear', 'getMonth', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear'].map(
    (name): [string, () => string] => [name, () => 'Use age(birth, on) or monthsBetween(a, b).'],
  ),
  ...['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds'].map((name): [string, () => string] => [
    name,
    () => 'Dates have no time of day.',
  ]),
  ...['int', 'uint', 'double', 'string', 'bool', 'bytes', 'dyn', 'type'].map(
    (name): [string, () => string] => [
      name,
      () => 'Types are not converted; declare the fact with the type that it has.',
    ],
  ),
  ['bind', () => 'Write the expression in both places.'],
])

/** The hint for a call that is outside the subset; nothing for any other name. */
export function unsupportedCallHint(name: string, operand: string): string | undefined {
  return hints.get(name)?.(operand)
}
