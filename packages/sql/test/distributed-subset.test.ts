import { loadModule } from 'libpg-query'
import { beforeAll, expect, test } from 'vitest'
import { faultsOf } from './distributed-subset.ts'
import { touchedVillages } from './touched-villages.ts'

beforeAll(loadModule)

const key = 'village_id text, id text, primary key (village_id, id)'

test.each([
  ['create sequence s', /CreateSeqStmt/],
  [`create table t (n serial, ${key})`, /type serial/],
  [`create table t (n pg_catalog.bigserial, ${key})`, /type bigserial/],
  [`create table t (n bigint generated always as identity, ${key})`, /CONSTR_IDENTITY/],
  [`create table t (n bigint generated always as (1) stored, ${key})`, /CONSTR_GENERATED/],
  [`create table t (n bigint default nextval('s'), ${key})`, /function nextval/],
  ['create trigger g before insert on t for each row execute function f()', /CreateTrigStmt/],
  ['create function f() returns int language sql as $$ select 1 $$', /CreateFunctionStmt/],
  ['do $$ begin end $$', /DoStmt/],
  ['call f()', /CallStmt/],
  ['select pg_advisory_xact_lock(1)', /function pg_advisory_xact_lock/],
  ['select pg_try_advisory_lock(1)', /function pg_try_advisory_lock/],
  ['listen c', /ListenStmt/],
  ['notify c', /NotifyStmt/],
  ["select pg_notify('c', '')", /function pg_notify/],
  [`create table t (${key}, unique (village_id, id) deferrable)`, /deferrable/],
  [`create table t (${key}, unique (village_id, id) deferrable initially deferred)`, /deferrable/],
  ['begin isolation level serializable read only deferrable', /deferrable/],
  ["set search_path = 'other'", /the setting search_path/],
  ['show all', /the setting all/],
  ['set constraints all deferred', /ConstraintsSetStmt/],
  ['lock table t', /LockStmt/],
  ['declare c cursor for select 1', /DeclareCursorStmt/],
  ['fetch c', /FetchStmt/],
  [`create temp table t (${key})`, /temporary/],
  ['create temp table t as select 1', /CreateTableAsStmt/],
  ['select id into temp t from u where village_id = $1', /temporary/],
  ['create view v as select 1', /ViewStmt/],
  ['truncate t', /TruncateStmt/],
  ['drop table t', /OBJECT_TABLE/],
  ['alter table t drop column n', /AT_DropColumn/],
  ['create table t (village_id text, id text primary key)', /CONSTR_PRIMARY/],
  ['create table t (village_id text, id text, primary key (id, village_id))', /CONSTR_PRIMARY/],
  ['create table t (village_id text, id text)', /no primary key/],
  [`create table t (${key}, n text unique)`, /CONSTR_UNIQUE/],
  [`create table t (${key}, n text references u (id))`, /CONSTR_FOREIGN/],
  [`create table t (${key}, foreign key (id, village_id) references u (id, village_id))`, /CONSTR_FOREIGN/],
  [`create table t (${key}, foreign key (village_id, id) references u (id, village_id))`, /CONSTR_FOREIGN/],
  ['alter table t add constraint c unique (id)', /CONSTR_UNIQUE/],
  ['alter table t add column n text unique', /CONSTR_UNIQUE/],
  ['create unique index i on t (id)', /index/],
  ['create index i on t (id, village_id)', /index/],
  ['create index i on t ((lower(village_id)))', /index/],
  ['select id from t', /SelectStmt/],
  ['select id from t where id = $1', /SelectStmt/],
  ["select id from t where village_id = 'a'", /SelectStmt/],
  ['select id from t where village_id > $1', /SelectStmt/],
  ['select id from t where village_id = $1 or id = $2', /SelectStmt/],
  ['select id from t where not (village_id = $1)', /SelectStmt/],
  ['select t.id from t, u where t.village_id = $1', /more than one table/],
  ['select t.id from t join u on true where t.village_id = $1', /more than one table/],
  ['select t.id from t as t join u as u on true where t.village_id = $1', /more than one table/],
  ['select t.id from t as t join u as u on u.village_id = $2 where t.village_id = $1', /more than one table/],
  ['select t.id from t as t join u as u on t.village_id = $1 where t.village_id = $1', /more than one table/],
  [
    'select t.id from t as t join u as u on u.village_id = t.village_id where t.village_id = $1',
    /more than one table/,
  ],
  ['select id from t where village_id = $1 and id in (select id from u)', /SelectStmt/],
  ['select id from t where village_id = $1 union all select id from u', /SelectStmt/],
  ['with c as (select id from t) select id from c where village_id = $1', /SelectStmt/],
  ['insert into t select village_id, id from u', /SelectStmt/],
  ['update t set n = $1 where id = $2', /UpdateStmt/],
  ['update t set n = $1 from u where t.village_id = $2', /more than one table/],
  ['delete from t', /DeleteStmt/],
  ['delete from t using u where t.village_id = $1', /more than one table/],
  ["prepare transaction 'x'", /TRANS_STMT_PREPARE/],
  [`create table t (${key}, exclude using gist (id with =))`, /CONSTR_EXCLUSION/],
  [`create table t (${key}) partition by hash (village_id)`, /made of others/],
  [`create table t (${key}) inherits (u)`, /made of others/],
  ['update t set village_id = $1 where village_id = $2', /moves/],
  [
    'insert into t (village_id, id) values ($1, $2) on conflict (village_id, id) do update set village_id = $3',
    /moves/,
  ],
])('the guard refuses: %s', (sql, fault) => {
  expect(faultsOf(sql, 'one-village').join('; ')).toMatch(fault)
})

test('the guard lets through what a village asks for, and all villages only where they are meant', () => {
  for (const sql of [
    'select id from t where village_id = $1 and (id > $2 or n is null) order by id limit $3',
    'select id from t where (t.village_id = $1 and id = $2) for update',
    'insert into t (village_id, id) values ($1, $2) on conflict (village_id, id) do nothing',
    'update t set n = $1 where village_id = $2 and id = $3',
    'delete from t where village_id = $1 and id = $2',
    'select step from migration_log',
    'create table migration_lock (id integer primary key)',
  ]) {
    expect(faultsOf(sql, 'one-village')).toEqual([])
  }
  expect(faultsOf('delete from t', 'all-villages')).toEqual([])
  expect(faultsOf('select pg_advisory_lock(1)', 'all-villages')).not.toEqual([])
})

test.each([
  ['select id from t where id = $1 and village_id = $2', ['a', 'v'], ['v']],
  ['update t set n = $1 where (village_id = $2 and id = $3)', ['a', 'v', 'i'], ['v']],
  ['delete from t where village_id = $1', ['v'], ['v']],
  ['insert into t (id, village_id) values ($1, $2), ($3, $4)', ['a', 'v', 'b', 'w'], ['v', 'w']],
  [
    'insert into t (village_id, id) select given.village_id, given.id from unnest($1::text[], $2::text[]) as given(village_id, id)',
    [
      ['v', 'w'],
      ['a', 'b'],
    ],
    ['v', 'w'],
  ],
  ['begin', [], []],
])('the villages of a statement are read from its values: %s', (sql, values, villages) => {
  expect(touchedVillages(sql, values)).toEqual(villages)
})
