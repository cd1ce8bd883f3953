import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { audit } from '../audit/audit.ts'
import { refused } from '../contract/problem.ts'
import type { Db } from '../db/database.ts'
import { DOMAINS, type Domain, type Field, type Metric, type Register } from './declaration.ts'
import { catalogue } from './registry.ts'

const fieldInput = z.object({
  label: z
    .string('请填写字段名')
    .trim()
    .min(1, '请填写字段名')
    .max(20, '字段名不超过 20 个字')
    .regex(/^[^*[\]{}:：\\/?]+$/, '字段名不能含 * [ ] { } : / ? 等符号'),
  kind: z.enum(
    ['text', 'longtext', 'integer', 'money', 'percent', 'date', 'choice', 'yesno', 'person', 'household'],
    '请选择字段类型',
  ),
  required: z.boolean().default(false),
  choices: z.array(z.string().trim().min(1).max(30)).max(60, '选项不超过 60 个').default([]),
  help: z.string().trim().max(200).optional(),
})
export const customFieldInput = z.object({
  register: z.string().max(80),
  unitId: z.number().int().positive(),
  field: fieldInput,
})
export const customRegisterInput = z.object({
  unitId: z.number().int().positive(),
  title: z
    .string('请填写登记簿名称')
    .trim()
    .min(2, '名称至少 2 个字')
    .max(24, '名称不超过 24 个字')
    .regex(/^[^*[\]{}:：\\/?]+$/, '名称不能含 * [ ] { } : / ? 等符号'),
  domain: z.enum(Object.keys(DOMAINS) as [Domain, ...Domain[]], '请选择归入报告的哪一部分'),
  help: z.string().trim().max(200).default(''),
  measureWord: z.string().trim().min(1).max(4).default('次'),
  titleLabel: z.string().trim().max(20).optional(),
  fields: z.array(fieldInput).max(40, '字段不超过 40 个').default([]),
  lines: z
    .object({
      title: z.string().trim().min(1).max(20),
      fields: z.array(fieldInput).min(1, '明细至少要有一个字段').max(20),
    })
    .optional(),
})
type FieldInput = z.output<typeof fieldInput>

const declare = (input: FieldInput, id: string): Field => {
  if (input.kind === 'choice' && input.choices.length < 2)
    throw refused('choices-missing', '选择类字段至少要有两个选项。', { choices: '至少填写两个选项' })
  return {
    id,
    label: input.kind === 'money' && !/元/.test(input.label) ? `${input.label}（元）` : input.label,
    kind: input.kind,
    ...(input.required && { required: true }),
    ...(input.kind === 'choice' && { choices: input.choices }),
    ...((input.kind === 'choice' || input.kind === 'yesno') && { dim: true }),
    ...(input.help && { help: input.help }),
  }
}

/** What a field lets the report count: sums of money and integers, one count per choice. */
function metricsOfField(
  registerId: string,
  title: string,
  declared: Field,
  counted: 'record' | 'line',
  unit: string,
): Metric[] {
  const name = declared.label.replace(/（元）$/, '')
  if (declared.kind === 'money')
    return [
      { id: `${registerId}.${declared.id}`, label: `${title}${name}`, unit: '元', aggregate: { sum: declared.id } },
    ]
  if (declared.kind === 'integer')
    return [{ id: `${registerId}.${declared.id}`, label: `${title}${name}`, unit: '', aggregate: { sum: declared.id } }]
  if (declared.kind === 'person')
    return [
      {
        id: `${registerId}.${declared.id}`,
        label: `${title}人数`,
        unit: '人',
        aggregate: { distinct: 'person', of: counted },
      },
    ]
  if (declared.kind === 'household')
    return [
      {
        id: `${registerId}.${declared.id}`,
        label: `${title}户数`,
        unit: '户',
        aggregate: { distinct: 'household', of: counted },
      },
    ]
  const values = declared.kind === 'yesno' ? ['是'] : (declared.choices ?? [])
  return values.map((value, at) => ({
    id: `${registerId}.${declared.id}-${at + 1}`,
    label: `${title}（${name}：${value}）`,
    unit,
    aggregate: { sum: counted, where: { [declared.id]: value } },
  }))
}

/**
 * Makes a unit's own register. Its metrics and its sentence follow from the fields, so it counts in the unit's report.
 * @returns the register's id
 */
export async function addCustomRegister(
  db: Db,
  actor: Actor,
  input: z.output<typeof customRegisterInput>,
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const known = await catalogue(tx)
    if ([...known.registers.values()].some((register) => register.title === input.title))
      throw refused('title-taken', '已有同名的登记簿，请换一个名称，或在原登记簿上加字段。', {
        title: '已有同名的登记簿',
      })
    const { rows } = await sql<{
      n: number
    }>`select nextval(pg_get_serial_sequence('kernel.custom_register', 'id')) as n`.execute(tx)
    const n = rows[0]!.n
    const id = `registers.own-${n}`
    let next = 0
    const fields = input.fields.map((one) => declare(one, `f${(next += 1)}`))
    const lineFields = (input.lines?.fields ?? []).map((one) => declare(one, `f${(next += 1)}`))
    const count: Metric = {
      id: `${id}.count`,
      label: `${input.title}${input.measureWord === '次' ? '次数' : '数'}`,
      unit: input.measureWord,
      aggregate: { sum: 'record' },
    }
    const metrics: Metric[] = [
      count,
      ...fields.flatMap((declared) => metricsOfField(id, input.title, declared, 'record', input.measureWord)),
      ...(input.lines
        ? [
            {
              id: `${id}.times`,
              label: `${input.title}${input.lines.title}人次`,
              unit: '人次',
              aggregate: { sum: 'line' },
            } satisfies Metric,
          ]
        : []),
      ...lineFields.flatMap((declared) => metricsOfField(id, input.title, declared, 'line', '人次')),
    ]
    const persons = metrics.find((metric) => metric.unit === '人')
    const amounts = metrics.filter((metric) => metric.unit === '元')
    const declared: Register = {
      id,
      title: input.title,
      domain: input.domain,
      mechanisms: [],
      help: input.help,
      fields,
      metrics,
      ...(input.titleLabel && { titleLabel: input.titleLabel }),
      ...(input.lines && { lines: { title: input.lines.title, fields: lineFields } }),
      clauses: [
        {
          text: `{period}登记${input.title}{${count.id}}${persons ? `[，涉及{${persons.id}}]` : ''}${amounts.map((metric) => `[，${metric.label}{${metric.id}}]`).join('')}。`,
          // Whoever makes a register of one's own wants it told, also by a ledger too rich to tell everything.
          weight: 88,
        },
      ],
      sample: {},
    }
    await sql`insert into kernel.custom_register (id, register, unit_id, declared, created_by) overriding system value
      values (${n}, ${id}, ${input.unitId}, ${JSON.stringify(declared)}::jsonb, ${actor.accountId})`.execute(tx)
    await audit(tx, actor, {
      action: 'registers.design',
      objectKind: 'register',
      objectId: n,
      unitId: input.unitId,
      summary: `新建登记簿“${input.title}”`,
    })
    return id
  })
}

/** Adds a unit's field to a register. Old rows have no value there; the field counts from the first row that has. */
export async function addCustomField(db: Db, actor: Actor, input: z.output<typeof customFieldInput>): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const register = (await catalogue(tx)).register(input.register)
    if ([...register.fields, ...(register.lines?.fields ?? [])].some((known) => known.label === input.field.label))
      throw refused('label-taken', '这个登记簿已有同名字段。', { 'field.label': '已有同名字段' })
    if (input.field.kind === 'person' || input.field.kind === 'household')
      throw refused('subject-field', '不能给现有登记簿再加人员或家庭字段；请用文字字段，或新建一个登记簿。', {
        'field.kind': '请换一种类型',
      })
    const { rows } = await sql<{
      n: number
    }>`select nextval(pg_get_serial_sequence('kernel.custom_field', 'id')) as n`.execute(tx)
    const n = rows[0]!.n
    // A required field would make every earlier row incomplete.
    const declared = declare({ ...input.field, required: false }, `own${n}`)
    const metrics = metricsOfField(register.id, register.title, declared, 'record', '条')
    await sql`insert into kernel.custom_field (id, register, unit_id, declared, created_by) overriding system value
      values (${n}, ${register.id}, ${input.unitId}, ${JSON.stringify({ ...declared, metrics })}::jsonb, ${actor.accountId})`.execute(
      tx,
    )
    await audit(tx, actor, {
      action: 'registers.design',
      objectKind: 'field',
      objectId: n,
      unitId: input.unitId,
      summary: `在“${register.title}”增加字段“${declared.label}”`,
    })
    return declared.id
  })
}

/** Closes a register of one's own: no new rows, the old ones stay and count. */
export async function closeCustom(
  db: Db,
  actor: Actor,
  kind: 'register' | 'field',
  id: number,
  unitId: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const table = sql.ref(kind === 'register' ? 'kernel.custom_register' : 'kernel.custom_field')
    await sql`update ${table} set closed_at = now() where id = ${id} and closed_at is null`.execute(tx)
    await audit(tx, actor, {
      action: 'registers.design',
      objectKind: kind,
      objectId: id,
      unitId,
      summary: `停用${kind === 'register' ? '登记簿' : '字段'}`,
    })
  })
}
