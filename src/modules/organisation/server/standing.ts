import { sql } from 'kysely'
import { requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { BODIES, bodies, type Body } from '../types.ts'
import { termsOf } from './terms.ts'

/**
 * What a union is expected to have: the six committees (六会) and the eight must-haves (八有). Each is shown from what the
 * ledgers hold, with the rows as evidence; nobody ticks a box here.
 */
export const MUST_HAVES = ['组织机构', '阵地', '公章', '制度', '牌子', '经费', '活动', '档案'] as const
export type MustHave = (typeof MUST_HAVES)[number]

/** Where evidence is looked for: registers by id or, ending in a dot, by module; `containing` narrows by a word in the row. */
export interface EvidenceSource {
  register: string
  containing?: string
  /** A person or piece row that contains the word and answers this yes-or-no field with yes. */
  line?: { containing: string; yes: string }
  /** Counts only what happened this year: an activity of ten years ago proves no activity. */
  thisYear?: boolean
}
export type StandingSettings = Record<MustHave, readonly EvidenceSource[]>

const checklist = (containing: string): EvidenceSource => ({
  register: 'union-building.checklist',
  line: { containing, yes: 'done' },
})
const DEFAULTS: StandingSettings = {
  组织机构: [
    { register: 'union-building.committee' },
    { register: 'union-building.body' },
    { register: 'union-building.founding' },
  ],
  阵地: [{ register: 'venues.place' }, checklist('阵地')],
  公章: [checklist('公章'), { register: 'venues.asset', containing: '公章' }],
  制度: [{ register: 'union-building.rule' }, { register: 'openness.charter' }, checklist('制度')],
  牌子: [checklist('牌子'), { register: 'venues.asset', containing: '牌' }],
  经费: [{ register: 'funds.', thisYear: true }, checklist('经费')],
  活动: [
    { register: 'activities.', thisYear: true },
    { register: 'competitions.', thisYear: true },
    { register: 'training.', thisYear: true },
  ],
  档案: [{ register: 'publicity.archive' }, { register: 'union-building.evidence' }, checklist('档案')],
}

export interface Evidence {
  recordId: number
  register: string
  happenedOn: string
  title: string | null
}

export interface Standing {
  committees: {
    body: Body
    title: string
    present: boolean
    ordinal: number | null
    dueOn: string | null
    officers: number
    expired: boolean
  }[]
  mustHaves: { name: MustHave; present: boolean; count: number; evidence: Evidence[] }[]
}

/** The setting `organisation.standing` replaces single must-haves' sources; what it leaves out keeps its default. */
async function settings(db: Db): Promise<StandingSettings> {
  const { rows } = await sql<{
    value: Partial<StandingSettings>
  }>`select value from kernel.setting where key = 'organisation.standing'`.execute(db)
  return { ...DEFAULTS, ...rows[0]?.value }
}

/** How a union stands in a year: committees from terms and committee units, must-haves from records at the unit and below. */
export async function standingOf(db: Db, actor: Actor, unitId: number, today: string): Promise<Standing> {
  await requirePermission(db, actor, 'organisation.read', unitId, 'organisation.read')
  const [open, sources, built] = await Promise.all([
    termsOf(db, unitId).then((terms) => terms.filter((term) => !term.endedOn)),
    settings(db),
    sql<{
      body: Body
    }>`select body from organisation.unit where parent_id = ${unitId} and type = 'committee' and dissolved_on is null and body is not null`.execute(
      db,
    ),
  ])
  const committees = bodies.map((body) => {
    const term = open.find((one) => one.body === body)
    return {
      body,
      title: BODIES[body],
      present: !!term || built.rows.some((row) => row.body === body),
      ordinal: term?.ordinal ?? null,
      dueOn: term?.dueOn ?? null,
      officers: term?.officers.filter((officer) => !officer.toOn).length ?? 0,
      expired: !!term && term.dueOn < today,
    }
  })
  const mustHaves = []
  for (const name of MUST_HAVES) {
    const found = await evidenceOf(db, unitId, sources[name], today)
    // A union with a committee in office has its organisation, whatever the ledgers say.
    const present = found.count > 0 || (name === '组织机构' && committees[0]!.present)
    mustHaves.push({ name, present, ...found })
  }
  return { committees, mustHaves }
}

async function evidenceOf(
  db: Db,
  unitId: number,
  sources: readonly EvidenceSource[],
  today: string,
): Promise<{ count: number; evidence: Evidence[] }> {
  if (!sources.length) return { count: 0, evidence: [] }
  const any = sources.map(({ register, containing, line, thisYear }) => {
    const parts = [register.endsWith('.') ? sql`starts_with(r.register, ${register})` : sql`r.register = ${register}`]
    if (containing) parts.push(sql`(r.title like ${`%${containing}%`} or r.fields::text like ${`%${containing}%`})`)
    if (line)
      parts.push(sql`exists (select from kernel.record_line l where l.record_id = r.id and l.fields::text like ${`%${line.containing}%`}
        and l.fields ->> ${line.yes} in ('true', '是'))`)
    if (thisYear) parts.push(sql`r.happened_on between ${`${today.slice(0, 4)}-01-01`}::date and ${today}::date`)
    return sql`(${sql.join(parts, sql` and `)})`
  })
  const { rows } = await sql<Evidence & { count: number }>`
    select r.id as "recordId", r.register, r.happened_on as "happenedOn", r.title, count(*) over () as count
    from kernel.record r
    where r.state = 'recorded' and (${sql.join(any, sql` or `)})
      and r.unit_id in (select descendant_id from kernel.closure where ancestor_id = ${unitId}
        and valid_from <= ${today}::date and valid_to > ${today}::date)
    order by r.happened_on desc, r.id desc limit 5`.execute(db)
  return { count: rows[0]?.count ?? 0, evidence: rows.map(({ count: _count, ...evidence }) => evidence) }
}
