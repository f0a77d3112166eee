import { tests } from '@bufbuild/cel-spec/testdata/conformance.js'
import { checkOverFacts } from './src/rules/check-over-facts.ts'
import { traceRule } from './src/rules/trace-rule.ts'
function val(v: any): any { if (v===undefined) return undefined
  if ('int64Value' in v) return BigInt(v.int64Value); if ('boolValue' in v) return v.boolValue; if ('stringValue' in v) return v.stringValue; if ('doubleValue' in v) return Number(v.doubleValue); if ('nullValue' in v) return null
  if ('listValue' in v) return (v.listValue.values??[]).map(val); if ('mapValue' in v) return Object.fromEntries((v.mapValue.entries??[]).map((e:any)=>[String(val(e.key)), val(e.value)])); return Symbol('other') }
const per: any = {}; const reasons: any = {}
function run(path: string[], t: any) {
  const o = t.original; const sec = path[1]!; per[sec] ??= [0,0]; per[sec][1]++
  let res: string
  try {
    const b = Object.fromEntries(Object.entries(o.bindings ?? {}).map(([k, v]: any) => [k, val(v.value)]))
    const { checked, facts } = checkOverFacts(o.expr, b)
    if (!checked.ok) res = (o.evalError) ? 'pass' : 'fault ' + checked.faults.map(f => f.code+' '+f.message).join(' / ')
    else { const t = traceRule(checked.rule, { facts, on: '2026-01-01' as any }); const ty = checked.rule.expression.type as any
      if (o.evalError) res = t.value === null ? 'pass' : 'expected error got ' + t.value
      else { const e = val(o.value ?? {boolValue: true}); const got = t.value === null ? 'unknown' : ty.kind==='number' && ty.scale>0 ? Number(t.value)/10**ty.scale : t.value; res = (typeof e==='bigint'? Number(e):e) === got ? 'pass' : `expected ${String(e)} got ${got}` } }
  } catch (e: any) { res = 'throw ' + e.code + ' ' + e.message }
  if (res === 'pass') per[sec][0]++; else { (reasons[sec] ??= []).push([path.slice(2).join('/') + '/' + (o.name), o.expr, res, JSON.stringify(o.value ?? o.evalError ?? o)]) }
}
function walk(s: any, path: string[]) { for (const x of s.suites ?? []) walk(x, [...path, x.name]); for (const t of s.tests ?? []) run(path, t) }
walk(tests, ['c'])
console.log(per)
for (const sec of process.argv.slice(2)) for (const r of reasons[sec] ?? []) console.log(r.map((x:string)=>x.slice(0,150)).join(' | '))
