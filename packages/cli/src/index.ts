export { type Host, Interruption, type Output } from './host.ts'
export { run } from './run.ts'
