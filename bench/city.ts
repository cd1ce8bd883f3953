import type pg from 'pg'
import { summedFields } from '../src/kernel/facts/derive.ts'
import type { Field, Register } from '../src/kernel/register/declaration.ts'
import { subjectField } from '../src/kernel/register/draft.ts'

/** A city's federation, its counties, their unions and branches; everything in it is invented and deterministic. */
export interface City {
  units: number
  members: number
  facts: number
  /** The whole city. */
  cityId: number
  countyId: number
  /** A company union with 109 units below it (29 branches, 80 sub-branches). */
  companyId: number
}

const FIRST_COUNTY = 2
const COUNTIES = 12
const COMPANY = 14
const BRANCHES = 29
const SUB_BRANCHES = 80
/** Before the ordinary unions come the city, its counties and the company with 109 units below. */
const BEFORE = COMPANY + BRANCHES + SUB_BRANCHES

/** @param scale 1: 1,500,000 members in 13,754 units and 5,000,000 facts */
export function cityOf(scale: number): City {
  return {
    units: Math.max(BEFORE + 100, Math.round(13_754 * scale)),
    members: Math.max(10_000, Math.round(1_500_000 * scale)),
    facts: Math.round(5_000_000 * scale),
    cityId: 1,
    countyId: FIRST_COUNTY,
    companyId: COMPANY,
  }
}

/** The last of the three years the city has records of. */
export const YEAR = 2026
export const TODAY = `${YEAR}-12-31`

/** The register whose export is measured; it alone holds 100,000 records in the whole city. */
export const EXPORTED = 'care.visit'

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
const surnameLetters = 'wlzlcyzhzwxshzglhgml'
const given = '伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉云建红国华志'
const givenLetters = 'wfnmjxlqljyyyjjtmcxpggwhyjhghz'

/** A repeatable number from 0 to `below` − 1 out of an id expression. */
const pick = (id: string, salt: number, below: number): string =>
  `((hashint8extended(${id}, ${salt}) & 1073741823) % ${below})::int`
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const unitsSql = (city: City): string => `
  insert into organisation.unit (id, code, name, type, parent_id, founded_on) overriding system value
  select i, 'u' || i,
    case when i = 1 then '河州市总工会' when i < ${COMPANY} then '第' || (i - 1) || '县总工会' when i = ${COMPANY} then '东河机械集团工会'
      when i <= ${COMPANY + BRANCHES} then '第' || (i - ${COMPANY}) || '分会'
      when i <= ${BEFORE} then '第' || (i - ${COMPANY + BRANCHES}) || '支会'
      when (i - ${BEFORE + 1}) % 10 = 0 then '第' || i || '工会' else '第' || i || '分会' end,
    case when i < ${COMPANY} then 'federation' when i = ${COMPANY} or (i > ${BEFORE} and (i - ${BEFORE + 1}) % 10 = 0) then 'union' else 'branch' end,
    case when i = 1 then null when i < ${COMPANY} then 1 when i = ${COMPANY} then ${FIRST_COUNTY}
      when i <= ${COMPANY + BRANCHES} then ${COMPANY}
      when i <= ${BEFORE} then ${COMPANY + 1} + (i - ${COMPANY + BRANCHES + 1}) % ${BRANCHES}
      when (i - ${BEFORE + 1}) % 10 = 0 then ${FIRST_COUNTY} + ((i - ${BEFORE + 1}) / 10) % ${COUNTIES}
      else ${BEFORE + 1} + ((i - ${BEFORE + 1}) / 10) * 10 end, date '2000-01-01'
  from generate_series(1, ${city.units}) i;
  update organisation.unit set layer_id = case when type = 'branch' then parent_id else id end;
  insert into organisation.unit_version (unit_id, name, type, parent_id, valid_from)
    select id, name, type, parent_id, founded_on from organisation.unit;
  with recursive tree (ancestor, descendant, depth) as (
    select id, id, 0 from organisation.unit
    union all select t.ancestor, u.id, t.depth + 1 from tree t join organisation.unit u on u.parent_id = t.descendant)
  insert into kernel.closure (ancestor_id, descendant_id, depth) select ancestor, descendant, depth from tree`

/** Rosters come unit by unit, so a unit's members lie together on disk. */
const peopleSql = ({ members, units }: City): string => {
  const own = Math.min(6000, Math.round(members / 50))
  return `
  insert into members.person (id, name, initials, gender, born_on, staff_no, unit_id, id_no_sealed, id_no_hash, id_last4,
    phone_sealed, phone_hash, phone_last4, bank_sealed, bank_last4, status, employment) overriding system value
  select i, substr('${surnames}', s, 1) || substr('${given}', a, 1) || substr('${given}', b, 1),
    substr('${surnameLetters}', s, 1) || substr('${givenLetters}', a, 1) || substr('${givenLetters}', b, 1),
    case when ${pick('i', 4, 100)} < 42 then 'f' else 'm' end, date '1962-01-01' + ${pick('i', 5, 14_600)}, 'N' || i,
    case when i <= ${own} then ${COMPANY} + (i * ${BRANCHES + SUB_BRANCHES + 1}::bigint / ${own + 1})
      else ${BEFORE + 1} + ((i - ${own + 1}) * ${units - BEFORE}::bigint / ${members - own}) end,
    sha256(i::text::bytea) || '\\x00112233445566778899aabbccdd'::bytea, sha256(('id' || i)::bytea), lpad((i % 10000)::text, 4, '0'),
    sha256(i::text::bytea) || '\\x00112233445566'::bytea, sha256(('phone' || i)::bytea), lpad((i % 9973)::text, 4, '0'), null, null,
    case when ${pick('i', 6, 100)} < 15 then 'retired' else 'active' end,
    case when ${pick('i', 6, 100)} < 15 then '退休' else '在职' end
  from generate_series(1, ${members}) i,
    lateral (select 1 + ${pick('i', 1, surnames.length)} as s, 1 + ${pick('i', 2, given.length)} as a, 1 + ${pick('i', 3, given.length)} as b) n;
  insert into members.membership (id, person_id, unit_id, joined_on, join_kind) overriding system value
  select id, id, unit_id, date '2005-01-01' + ${pick('id', 7, 7_990)}, case when ${pick('id', 8, 10)} = 0 then 'join' else 'opening' end
  from members.person;
  insert into members.tag (person_id, unit_id, tag, valid_from, since)
  select p.id, p.unit_id, t.tag, m.joined_on, m.joined_on
  from members.person p join members.membership m on m.person_id = p.id
  join (values ('党员', 11, 8), ('退休', 6, 15), ('一线', 13, 20), ('困难', 14, 1), ('农民工', 15, 5), ('劳模', 16, 1)) t (tag, salt, share)
    on (hashint8extended(p.id, t.salt) & 1073741823) % 100 < t.share;
  insert into members.tally (unit_id, key, people)
  select unit_id, 'all', count(*) from members.person group by 1
  union all select unit_id, 'women', count(*) from members.person where gender = 'f' group by 1
  union all select unit_id, 'tag:' || tag, count(*) from members.tag group by 1, tag;
  insert into bench_fact (measure, unit_id, on_date, quantity, person_id, dims, ref_kind, ref_id)
  select 'members.roster', m.unit_id, m.joined_on, 1, p.id, jsonb_build_object('gender', p.gender, 'state', 'normal'), 'membership', m.id
  from members.membership m join members.person p on p.id = m.person_id
  union all
  select 'members.joined', m.unit_id, m.joined_on, 1, p.id, jsonb_build_object('gender', p.gender), 'membership', m.id
  from members.membership m join members.person p on p.id = m.person_id where m.join_kind = 'join'
  union all
  select 'members.tagged', unit_id, valid_from, 1, person_id, jsonb_build_object('tag', tag), 'tag', id from members.tag
  union all
  select measure, id, founded_on, 1, null, jsonb_build_object('type', type), 'unit', id
  from organisation.unit, unnest('{organisation.units,organisation.founded}'::text[]) measure`
}

/** A value a form could have held, as an SQL expression over the row `r`; null for subjects. */
function valueOf(field: Field, salt: number): string | null {
  switch (field.kind) {
    case 'choice':
      return `(array[${(field.choices ?? ['其他']).map(literal).join(', ')}])[1 + ${pick('r.id', salt, Math.max(1, field.choices?.length ?? 1))}]`
    case 'yesno':
      return `(${pick('r.id', salt, 4)} > 0)`
    case 'integer':
      return `(${field.min ?? 0} + ${pick('r.id', salt, Math.min(40, (field.max ?? 40) - (field.min ?? 0) + 1))})`
    case 'money':
      return `((1 + ${pick('r.id', salt, 20)}) * 10000)`
    case 'percent':
      return `${pick('r.id', salt, 10_000)}`
    case 'date':
      return `to_char(r.happened_on, 'YYYY-MM-DD')`
    case 'person':
    case 'household':
      return null
    default:
      return `(${literal(field.label)} || ${pick('r.id', salt, 30)})`
  }
}

const fieldsSql = (fields: readonly Field[], salt: number): string => {
  const parts = fields.flatMap((field, place) => {
    const value = valueOf(field, salt + place)
    return value ? [`${literal(field.id)}, ${value}`] : []
  })
  return parts.length ? `jsonb_build_object(${parts.join(', ')})` : `'{}'::jsonb`
}

const dimsSql = (fields: readonly Field[], row: string): string => {
  const parts = fields
    .filter((field) => field.dim && field.kind !== 'person' && field.kind !== 'household')
    .map((field) => {
      const text = `${row}.fields ->> ${literal(field.id)}`
      return `${literal(field.id)}, ${field.kind === 'yesno' ? `case ${text} when 'true' then '是' else '否' end` : text}`
    })
  return parts.length ? `jsonb_build_object(${parts.join(', ')})` : `'{}'::jsonb`
}

const LINES = 3

/** Records over three years with their lines and the facts that `deriveFacts` would have posted for them. */
function registerSql(register: Register, records: number, { units, members }: City): string {
  const summed = summedFields(register)
  const sums = (fields: readonly Field[]): Field[] => fields.filter((field) => summed.has(field.id))
  const person = subjectField(register.fields, 'person')
  const linePerson = register.lines && subjectField(register.lines.fields, 'person')
  const id = literal(register.id)
  const fact = (
    measure: string,
    quantity: string,
    dims: string,
    subject: string,
    line: string,
    from: string,
  ): string => `
    insert into bench_fact (measure, unit_id, on_date, quantity, person_id, dims, ref_kind, ref_id, ref_line)
    select ${literal(`${register.id}/${measure}`)}, r.unit_id, r.happened_on, ${quantity}, ${subject}, ${dims}, 'record', r.id, ${line}
    from ${from}`
  const own = `kernel.record r where r.register = ${id}`
  const ofLine = `kernel.record r join kernel.record_line l on l.record_id = r.id where r.register = ${id}`
  const statements = [
    `insert into kernel.record (register, unit_id, happened_on, title, person_id, fields, source, created_by, updated_by)
     select ${id}, r.unit_id, r.happened_on, ${register.titleLabel ? `${literal(register.title)} || r.id` : 'null'},
       ${person ? `1 + ${pick('r.id', 92, members)}` : 'null'}, ${fieldsSql(register.fields, 100)}, 'import', 1, 1
     from (select i as id, case when ${pick('i', 90, 50)} = 0 then ${COMPANY} + ${pick('i', 91, BRANCHES + SUB_BRANCHES + 1)}
         else 1 + ${pick('i', 91, units)} end as unit_id, date '2024-01-01' + ${pick('i', 93, 1096)} as happened_on
       from generate_series(1, ${records}) i) r`,
  ]
  statements.push(fact('record', '1', dimsSql(register.fields, 'r'), 'r.person_id', 'null', own))
  for (const field of sums(register.fields)) {
    const amount = `(r.fields ->> ${literal(field.id)})::bigint`
    statements.push(
      fact(field.id, amount, dimsSql(register.fields, 'r'), 'r.person_id', 'null', `${own} and ${amount} <> 0`),
    )
  }
  if (register.lines) {
    const dims = `${dimsSql(register.fields, 'r')} || ${dimsSql(register.lines.fields, 'l')}`
    const subject = 'coalesce(l.person_id, r.person_id)'
    statements.push(
      `insert into kernel.record_line (record_id, line_no, person_id, fields)
       select r.record_id, r.line_no, ${linePerson ? `1 + ${pick('r.id', 95, members)}` : 'null'}, ${fieldsSql(register.lines.fields, 200)}
       from (select r.id as record_id, r.happened_on, n as line_no, r.id * ${LINES} + n as id
         from kernel.record r, generate_series(1, ${LINES}) n where r.register = ${id}) r`,
    )
    statements.push(fact('line', '1', dims, subject, 'l.line_no', ofLine))
    for (const field of sums(register.lines.fields)) {
      const amount = `(l.fields ->> ${literal(field.id)})::bigint`
      statements.push(fact(field.id, amount, dims, subject, 'l.line_no', `${ofLine} and ${amount} <> 0`))
    }
  }
  return statements.join(';\n')
}

/** How many facts one record of a register stands for. */
function factsPerRecord(register: Register): number {
  const summed = summedFields(register)
  const sums = (fields: readonly Field[]): number => fields.filter((field) => summed.has(field.id)).length
  return 1 + sums(register.fields) + (register.lines ? LINES * (1 + sums(register.lines.fields)) : 0)
}

const tables = [
  'kernel.closure',
  'kernel.record',
  'kernel.record_line',
  'kernel.fact',
  'members.person',
  'members.membership',
  'members.tag',
]

/** Builds the city in an empty, migrated database. Needs the superuser: it loads without checks and builds indexes last. */
export async function buildCity(
  owner: pg.Client,
  city: City,
  registers: readonly Register[],
  say: (line: string) => void,
): Promise<void> {
  await owner.query(`set session_replication_role = replica; set work_mem = '256MB'; set maintenance_work_mem = '512MB';
    set synchronous_commit = off; set statement_timeout = 0`)
  const { rows: indexes } = await owner.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = any($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables],
  )
  for (const { name } of indexes) await owner.query(`drop index ${name}`)
  await owner.query(`create unlogged table bench_fact (measure text collate "C", unit_id bigint, on_date date, quantity bigint,
    person_id bigint, dims jsonb, ref_kind text collate "C", ref_id bigint, ref_line bigint)`)
  await owner.query(unitsSql(city))
  say(`${city.units} units`)
  await owner.query(peopleSql(city))
  await owner.query('create index if not exists bench_record on kernel.record (register)')
  const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from bench_fact')
  say(`${city.members} members, ${rows[0]!.n} facts of theirs`)
  const exported = Math.min(100_000, Math.round(city.facts / 50))
  const large = registers.find((register) => register.id === EXPORTED)!
  let left = city.facts - rows[0]!.n - exported * factsPerRecord(large)
  await owner.query(registerSql(large, exported, city))
  const others = registers.filter((register) => register !== large)
  for (const [place, register] of others.entries()) {
    const records = Math.max(1, Math.round(left / (others.length - place) / factsPerRecord(register)))
    left -= records * factsPerRecord(register)
    await owner.query(registerSql(register, records, city))
  }
  say('records and lines')
  // The fact table fills in the order of the days, as it would have in life.
  await owner.query(`
    insert into kernel.fact (measure, unit_id, on_date, quantity, person_id, dims, ref_kind, ref_id, ref_line, posted_by)
    select *, 1 from bench_fact order by on_date, ref_kind, ref_id, ref_line;
    drop table bench_fact; drop index kernel.bench_record`)
  say('facts')
  for (const { definition } of indexes) await owner.query(definition)
  for (const [table, column] of [
    ['organisation.unit', 'id'],
    ['members.person', 'id'],
    ['members.membership', 'id'],
  ])
    await owner.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'), (select max(${column}) from ${table}))`,
    )
  for (const last of ['reset session_replication_role', 'vacuum analyze', 'checkpoint']) await owner.query(last)
  say('indexes')
}
