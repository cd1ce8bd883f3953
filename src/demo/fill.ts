import type { Field, Register } from '../kernel/register/declaration.ts'
import type { LineDraft, RecordDraft } from '../kernel/register/draft.ts'
import { subjectField } from '../kernel/register/draft.ts'
import { addDays, dayIn, workday, yearOf } from './days.ts'
import type { Event, Plan, Plans, Row, Value, Values, Who } from './plan.ts'
import { random, type Random } from './random.ts'
import { guess } from './guess.ts'
import type { Crowd, Somebody } from './crowd.ts'

/** A branch or sub-branch at which records stand. */
export interface Place {
  code: string
  unitId: number
  name: string
  crowd: Crowd
  subs: readonly Place[]
}

/** The unit whose ledger is filled: what `fill` needs to know of it. */
export interface Ledger {
  /** Code, which also seeds the numbers. */
  code: string
  unitId: number
  name: string
  /** Branches of the unit, where it has any, with who stands there. */
  branches: readonly Place[]
  /** Names of the sub-branches. */
  subs: readonly string[]
  crowd: Crowd
  /** Records of a small unit are few: the company has 1. */
  scale: number
  plans: Plans
}

/** A year of one register as a plausible unit of that kind would have kept it, until today. */
export function fill(register: Register, plan: Plan, ledger: Ledger, year: number, today: string): RecordDraft[] {
  const draw = random(`${register.id} ${ledger.code} ${year}`)
  const drafts: RecordDraft[] = []
  // A village where nobody is in need keeps no aid file.
  const needsPerson = subjectField(register.fields, 'person')?.required ?? false
  let at = 0
  const add = (event: Event, atBranch: boolean, somebody?: Somebody, place?: Place): void => {
    const happenedOn = workdayUnlessFixed(event[0], dayIn(year, event[0], draw.between(3, 27)))
    const draft = recordOf(
      register,
      plan,
      event,
      ledger,
      placeOf(ledger, plan.at === 'sub', atBranch, somebody, place, draw),
      { draw, year, date: happenedOn, at: at++ },
      somebody,
    )
    if (happenedOn <= today && (draft.personId || !needsPerson)) drafts.push(draft)
  }
  for (const event of plan.events ?? []) add(event, plan.at === 'branch' || plan.at === 'sub')
  const months = plan.months ?? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
  const titles = plan.titles ? draw.sample(plan.titles, plan.titles.length) : []
  // Spread over the months in order, so that few records never crowd into one month.
  const event = (number: number, of: number, values?: Values): Event => {
    const month = String(
      months[Math.min(months.length - 1, Math.floor(((number + draw.next()) / of) * months.length))]!,
    )
    const titled = titles[number % titles.length]
    const [title, own] = typeof titled === 'object' ? titled : [titled]
    return [month, title, { ...own, ...values }] as const
  }
  const stated = typeof plan.many === 'object' ? plan.many[year === yearOf(today) ? 1 : 0] : plan.many
  const rest = plan.events || plan.each || plan.eachBranch ? 0 : 5
  const many = Math.ceil((stated ?? rest) * ledger.scale)
  for (let number = 0; number < many; number++) add(event(number, many), plan.at !== 'union')
  const everybody = plan.each ? ledger.crowd.of(plan.each) : []
  for (const [number, somebody] of everybody.entries()) add(event(number, everybody.length), true, somebody)
  if (plan.eachBranch)
    for (const [number, branch] of ledger.branches.entries())
      add(event(number, ledger.branches.length, { [plan.eachBranch]: branch.name }), true, undefined, branch)
  return drafts
}

const workdayUnlessFixed = (when: string, day: string): string => (when.includes('-') ? day : workday(day))

type Frame = Pick<Row, 'draw' | 'year' | 'date' | 'at'>

/** A person's own branch, or any; null: the union itself. */
function placeOf(
  ledger: Ledger,
  below: boolean,
  atBranch: boolean,
  somebody: Somebody | undefined,
  place: Place | undefined,
  draw: Random,
): Place | null {
  if (place || !atBranch || !ledger.branches.length) return place ?? null
  const branch = (somebody && ledger.branches.find((one) => one.code === somebody.branch)) ?? draw.pick(ledger.branches)
  return below && branch.subs.length && draw.chance(0.4) ? draw.pick(branch.subs) : branch
}

function recordOf(
  register: Register,
  plan: Plan,
  event: Event,
  ledger: Ledger,
  branch: Place | null,
  frame: Frame,
  somebody?: Somebody,
): RecordDraft {
  const { date } = frame
  const crowd = branch?.crowd ?? ledger.crowd
  const row: Row = { ...frame, place: branch?.name ?? ledger.name, values: {} }
  const written = write(
    register,
    register.fields,
    { ...plan.values, ...event[2] },
    plan.who,
    crowd,
    ledger,
    row,
    somebody,
  )
  const lines = register.lines ? linesOf(register, plan, event, crowd, ledger, row) : []
  const title = event[1]
    ?.replaceAll('{y}', String(frame.year))
    .replaceAll('{last}', String(frame.year - 1))
    .replaceAll('{place}', row.place.replace(/分会$/, ''))
    .replaceAll('{month}', String(Number(date.slice(5, 7))))
  return {
    unitId: branch?.unitId ?? ledger.unitId,
    happenedOn: date,
    ...written,
    ...(register.titleLabel && { title: title ?? register.sample['title'] ?? register.title }),
    ...(register.endDateLabel && plan.lasts !== undefined && { endedOn: addDays(date, plan.lasts) }),
    ...(lines.length && { lines }),
  }
}

function linesOf(register: Register, plan: Plan, event: Event, crowd: Crowd, ledger: Ledger, row: Row): LineDraft[] {
  const fields = register.lines!.fields
  const given = plan.lines
  const write1 = (values: Values, at: number, person?: Somebody): LineDraft =>
    write(
      register,
      fields,
      { ...given?.values, ...values },
      given?.who,
      crowd,
      ledger,
      { ...row, values: { ...row.values }, at },
      person,
    )
  if (given?.rows) return given.rows.map((values, at) => write1(values, at))
  if (given?.branches) {
    const field = given.branches
    const branches = ledger.branches.map((branch) => ({ [field]: branch.name, level: '二级分会' }))
    const subs = given.subs ? ledger.subs.map((name) => ({ [field]: name, level: '三级分会' })) : []
    return [...branches, ...subs].map((values, at) => write1(values, at))
  }
  const person = fields.find((field) => field.kind === 'person')
  const who = whoOf(register, person, given?.who)
  const only = given?.only
  const from = person ? (only ? crowd.of(who).filter((one) => only(one, row)) : crowd.of(who)) : []
  const [low, high] = given?.many ?? [6, 18]
  const howMany = event[3] ?? row.draw.between(low, high)
  const scaled = ledger.scale < 1 ? Math.max(2, Math.round(howMany * ledger.scale)) : howMany
  if (!person) return Array.from({ length: Math.min(scaled, 40) }, (_, at) => write1({}, at))
  const chosen = given?.all && !event[3] ? [...from] : row.draw.sample(from, scaled)
  return chosen.map((somebody, at) => write1({}, at, somebody))
}

/** Fills one row's fields: what the plan says, else what the declaration lets one guess. */
function write(
  register: Register,
  fields: readonly Field[],
  values: Values,
  who: Who | undefined,
  crowd: Crowd,
  ledger: Ledger,
  row: Row,
  given?: Somebody,
): Pick<RecordDraft, 'personId' | 'householdId' | 'fields'> {
  const written: { personId?: number; householdId?: number; fields: Record<string, unknown> } = { fields: {} }
  const subjects = { person: subjectField(fields, 'person'), household: subjectField(fields, 'household') }
  for (const field of fields) {
    const stated = Object.hasOwn(values, field.id)
    const value = stated ? evaluate(values[field.id], row) : undefined
    if (field.kind === 'person' || field.kind === 'household') {
      if (stated && value === undefined) continue
      if (!stated && !field.required && field !== subjects.person && row.draw.chance(0.1)) continue
      const subject = field === subjects.person
      const pool = crowd.of(
        whoOf(register, field, typeof value === 'string' ? (value as Who) : subject ? who : undefined),
      )
      if (!pool.length && !given) continue
      const somebody =
        (subject && given) ||
        (field.kind === 'household' && row.person ? (row.person as Somebody) : row.draw.pick(pool))
      if (subject) {
        written.personId = somebody.id
        row.person = somebody
      } else if (field === subjects.household) {
        if (somebody.householdId) written.householdId = somebody.householdId
      } else written.fields[field.id] = { id: somebody.id, name: somebody.name }
      continue
    }
    const raw = stated ? value : guess(register, field, row, ledger, crowd)
    if (raw === undefined || raw === null) continue
    row.values[field.id] = raw
    written.fields[field.id] = kept(field, raw, row)
  }
  return written
}

function evaluate(value: Value, row: Row): unknown {
  if (typeof value === 'function') return value(row)
  return Array.isArray(value) ? row.draw.pick(value) : value
}

/** As the ledger keeps it: fen, hundredths of a percent, days. */
function kept(field: Field, value: unknown, row: Row): unknown {
  if (field.kind === 'money' || field.kind === 'percent') return Math.round(Number(value) * 100)
  if (field.kind === 'date' && typeof value === 'number') return addDays(row.date, value)
  if (field.kind === 'date' && typeof value === 'string' && value.length === 5) return `${row.year}-${value}`
  if (typeof value === 'string')
    return value
      .replaceAll('{y}', String(row.year))
      .replaceAll('{last}', String(row.year - 1))
      .replaceAll('{place}', row.place.replace(/分会$/, ''))
  return value
}

/** Whom a field means when the plan doesn't say. */
function whoOf(register: Register, field: Field | undefined, stated: Who | undefined): Who {
  if (stated) return stated
  const label = field?.label ?? ''
  if (/子女|学生/.test(label)) return 'children'
  if (/遗属/.test(label)) return 'survivors'
  if (/留守|贷款家庭|帮扶户/.test(label)) return 'villagers'
  if (/务工|来访|申请人|当事|受助务工/.test(label)) return 'migrants'
  if (/负责人|带队|责任人|审批|保管|管理人|谈话人|领导|主席|组长|检查员|经审|工会干部|哨/.test(label)) return 'officers'
  if (/代表/.test(label)) return 'delegates'
  if (register.domain === 'NG') return 'women'
  if (register.domain === 'TG') return 'retired'
  if (register.domain === 'BF') return 'needy'
  return 'active'
}
