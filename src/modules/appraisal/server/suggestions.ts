import { sql } from 'kysely'
import { allows, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import assessment from '../../assessment/module.ts'
import type { SuggestionInput } from '../contract.ts'
import { registerOf } from './keeping.ts'

const commentators = registerOf(assessment.registers, 'assessment.commentator')
const opinions = registerOf(assessment.registers, 'assessment.commentator-opinion')

export interface PanelEvent {
  id: number
  kind: string
  title: string
  onDate: string
  people: { id: number; name: string }[]
}
export interface Panel {
  id: number
  unitId: number
  unitName: string
  batch: number
  appointedOn: string
  endsOn: string
  events: PanelEvent[]
}

/** Batches of commentators at the actor's units, the latest first, each with what it did. */
export async function panelsFor(db: Db | Tx, actor: Actor): Promise<Panel[]> {
  const { rows } = await sql<Panel>`
    select p.id, p.unit_id as "unitId", u.name as "unitName", p.batch, p.appointed_on as "appointedOn", p.ends_on as "endsOn",
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'title', e.title, 'onDate', e.on_date,
        'people', (select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name) order by m.id)
          from members.person m where m.id = any(e.person_ids))) order by e.on_date, e.id)
        from appraisal.panel_event e where e.panel_id = p.id), '[]') as events
    from appraisal.panel p join organisation.unit u on u.id = p.unit_id
    where ${visibleTo(actor, 'appraisal.read', 'p.unit_id')} order by p.appointed_on desc, p.id desc limit 100`.execute(
    db,
  )
  return rows
}

async function checkPeople(tx: Tx, actor: Actor, personIds: readonly number[]): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from members.person p
    where p.id = any(${personIds}::bigint[]) and ${visibleTo(actor, 'members.read', 'p.unit_id')}`.execute(tx)
  if (rows[0]!.n !== new Set(personIds).size)
    throw refused('person-unknown', '有的人员没有找到，请重新选择。', { personIds: '请重新选择' })
}

async function addEvent(
  tx: Tx,
  actor: Actor,
  panel: { id: number; unitId: number; batch: number },
  event: { kind: string; title: string; onDate: string; personIds: readonly number[] },
): Promise<number> {
  await checkPeople(tx, actor, event.personIds)
  const { rows } = await sql<{ id: number }>`
    insert into appraisal.panel_event (panel_id, kind, title, on_date, person_ids)
    values (${panel.id}, ${event.kind}, ${event.title}, ${event.onDate}::date, ${[...new Set(event.personIds)]}::bigint[])
    returning id`.execute(tx)
  await keepRecords(tx, actor, commentators, [
    {
      keptBy: `appraisal/commentators/event-${rows[0]!.id}`,
      draft: {
        unitId: panel.unitId,
        happenedOn: event.onDate,
        title: event.title,
        fields: { kind: event.kind, batch: panel.batch },
        lines: [...new Set(event.personIds)].map((personId) => ({ personId, fields: {} })),
      },
    },
  ])
  await audit(tx, actor, {
    action: 'appraisal.commentators',
    objectKind: 'appraisal-panel',
    objectId: panel.id,
    unitId: panel.unitId,
    summary: `第${panel.batch}批评论员${event.kind}：${event.title}`,
  })
  return rows[0]!.id
}

/** Appoints a batch of commentators. @returns the panel's id */
export async function appointPanel(
  tx: Tx,
  actor: Actor,
  input: {
    unitId: number
    batch: number
    appointedOn: string
    endsOn: string
    title: string
    personIds: readonly number[]
  },
): Promise<number> {
  await requirePermission(tx, actor, 'appraisal.write', input.unitId, 'appraisal.read')
  if (input.endsOn <= input.appointedOn)
    throw refused('panel-days', '聘期结束日期应晚于聘任日期。', { endsOn: '应晚于聘任日期' })
  const { rows } = await sql<{ id: number }>`
    insert into appraisal.panel (unit_id, batch, appointed_on, ends_on, created_by)
    values (${input.unitId}, ${input.batch}, ${input.appointedOn}::date, ${input.endsOn}::date, ${actor.accountId})
    on conflict do nothing returning id`.execute(tx)
  if (!rows[0]) throw conflict('batch-known', `第 ${input.batch} 批评论员已经登记过。`)
  const panel = { id: rows[0].id, unitId: input.unitId, batch: input.batch }
  await addEvent(tx, actor, panel, { ...input, kind: '聘任', onDate: input.appointedOn })
  return panel.id
}

/** A meeting of the commentators, or an event they took part in. */
export async function panelMet(
  tx: Tx,
  actor: Actor,
  panelId: number,
  input: { kind: string; title: string; onDate: string; personIds: readonly number[] },
): Promise<number> {
  const { rows } = await sql<{ id: number; unitId: number; batch: number; appointedOn: string }>`
    select id, unit_id as "unitId", batch, appointed_on as "appointedOn" from appraisal.panel p
    where id = ${panelId} and ${visibleTo(actor, 'appraisal.read', 'p.unit_id')}`.execute(tx)
  const panel = rows[0]
  if (!panel) throw notFound('评论员批次')
  await requirePermission(tx, actor, 'appraisal.write', panel.unitId, 'appraisal.read')
  if (input.onDate < panel.appointedOn)
    throw refused('event-early', `日期不能早于聘任的 ${panel.appointedOn}。`, { onDate: '早于聘任日期' })
  return addEvent(tx, actor, panel, input)
}

export interface Suggestion {
  id: number
  unitId: number
  unitName: string
  source: string
  batch: number | null
  roundId: number | null
  personName: string | null
  words: string
  madeOn: string
  adopted: boolean | null
  decidedOn: string | null
  outcome: string | null
  changed: string | null
  link: string | null
}

const suggestions = sql`
  select s.id, s.unit_id as "unitId", u.name as "unitName", s.source, p.batch, s.round_id as "roundId", m.name as "personName",
    s.words, s.made_on as "madeOn", s.adopted, s.decided_on as "decidedOn", s.outcome, s.changed, s.link
  from appraisal.suggestion s join organisation.unit u on u.id = s.unit_id
    left join appraisal.panel p on p.id = s.panel_id left join members.person m on m.id = s.person_id`

export async function suggestionsFor(db: Db | Tx, actor: Actor): Promise<Suggestion[]> {
  const { rows } = await sql<Suggestion>`${suggestions} where ${visibleTo(actor, 'appraisal.read', 's.unit_id')}
    order by s.adopted is not null, s.made_on desc, s.id desc limit 500`.execute(db)
  return rows
}

async function keep(tx: Tx, actor: Actor, id: number): Promise<void> {
  const { rows } = await sql<Suggestion & { personId: number | null }>`
    select t.*, o.person_id as "personId" from (${suggestions} where s.id = ${id}) t
      join appraisal.suggestion o on o.id = t.id`.execute(tx)
  const made = rows[0]!
  await keepRecords(tx, actor, opinions, [
    {
      keptBy: `appraisal/commentators/suggestion-${id}`,
      draft: {
        unitId: made.unitId,
        happenedOn: made.madeOn,
        title: made.words,
        personId: made.personId,
        fields: {
          source: made.source,
          adopted: made.adopted === true,
          ...(made.changed && { usedIn: made.changed }),
        },
      },
    },
  ])
}

/** A suggestion of a commentator, or one that stood in a round's remarks: those carry no name. */
export async function suggest(tx: Tx, actor: Actor, input: SuggestionInput): Promise<number> {
  await requirePermission(tx, actor, 'appraisal.write', input.unitId, 'appraisal.read')
  if (input.source === '评论员' ? !input.personId : input.personId)
    throw refused(
      'suggestion-person',
      input.source === '评论员' ? '请选择提出建议的评论员。' : '评议中收到的意见不记名，请不要填写提出人。',
      { personId: input.source === '评论员' ? '请选择' : '请留空' },
    )
  if (input.personId) await checkPeople(tx, actor, [input.personId])
  const { rows } = await sql<{ id: number }>`
    insert into appraisal.suggestion (unit_id, source, panel_id, round_id, person_id, words, made_on, created_by)
    select ${input.unitId}, ${input.source}, (select id from appraisal.panel where id = ${input.panelId ?? null}
        and unit_id = ${input.unitId}), (select id from appraisal.round where id = ${input.roundId ?? null}
        and unit_id = ${input.unitId}), ${input.personId ?? null}, ${input.words}, ${input.madeOn}::date, ${actor.accountId}
    returning id`.execute(tx)
  await keep(tx, actor, rows[0]!.id)
  await audit(tx, actor, {
    action: 'appraisal.suggest',
    objectKind: 'appraisal-suggestion',
    objectId: rows[0]!.id,
    unitId: input.unitId,
    summary: `登记${input.source}建议“${input.words.slice(0, 60)}”`,
  })
  return rows[0]!.id
}

/** Says whether a suggestion is taken up; taken up, it names what changed and where that can be seen. */
export async function decide(
  tx: Tx,
  actor: Actor,
  id: number,
  input: { adopted: boolean; outcome: string; changed?: string | null | undefined; link?: string | null | undefined },
  today: string,
): Promise<void> {
  const { rows } = await sql<{ unitId: number; madeOn: string }>`
    select unit_id as "unitId", made_on as "madeOn" from appraisal.suggestion s where id = ${id} for update`.execute(tx)
  const found = rows[0]
  if (!found || !(await allows(tx, actor, 'appraisal.read', found.unitId))) throw notFound('建议')
  await requirePermission(tx, actor, 'appraisal.write', found.unitId, 'appraisal.read')
  if (input.adopted && !input.changed)
    throw refused('changed-missing', '采纳的建议请写明改了什么。', { changed: '请写明改了什么' })
  await sql`update appraisal.suggestion set adopted = ${input.adopted}, decided_on = greatest(made_on, ${today}::date),
      outcome = ${input.outcome}, changed = ${input.adopted ? input.changed! : null},
      link = ${input.adopted ? (input.link ?? null) : null} where id = ${id}`.execute(tx)
  await keep(tx, actor, id)
  await audit(tx, actor, {
    action: 'appraisal.decide',
    objectKind: 'appraisal-suggestion',
    objectId: id,
    unitId: found.unitId,
    summary: `${input.adopted ? '采纳' : '未采纳'}建议：${input.outcome.slice(0, 60)}`,
  })
}
