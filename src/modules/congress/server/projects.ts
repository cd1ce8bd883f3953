import { sql, type RawBuilder } from 'kysely'
import { allows, mayAnywhere, requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, forbidden, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import type { ProjectInput, ProjectShape } from '../contract.ts'
import { participation } from '../registers/participation.ts'

/** Projects in which delegates take part or which they supervise: from who was sent to what became of each word. */

const seated = (actor: Actor): RawBuilder<boolean> =>
  actor.personId === null || !mayAnywhere(actor, 'congress.attend')
    ? sql<boolean>`false`
    : sql<boolean>`exists (select from congress.project_seat s where s.project_id = p.id and s.person_id = ${actor.personId})`

const projects = sql`
  select p.id, p.unit_id as "unitId", u.name as "unitName", p.kind, p.title, p.democratic_right as "right", p.stage,
    p.started_on as "startedOn", p.representative_id as "representativeId", p.closed_on as "closedOn", p.written, p.conclusion,
    coalesce((select jsonb_agg(jsonb_build_object('personId', s.person_id, 'name', s.name) order by s.person_id = p.representative_id desc, s.person_id)
      from congress.project_seat s where s.project_id = p.id), '[]') as panel,
    coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'personId', o.person_id, 'name', s.name, 'words', o.words, 'saidOn', o.said_on,
        'outcome', o.outcome, 'answer', o.answer, 'decidedOn', o.decided_on) order by o.id)
      from congress.opinion o join congress.project_seat s on s.project_id = o.project_id and s.person_id = o.person_id
      where o.project_id = p.id), '[]') as opinions
  from congress.project p join organisation.unit u on u.id = p.unit_id`
const sees = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${visibleTo(actor, 'congress.read', 'p.unit_id')} or ${seated(actor)})`

/** Projects of a unit and below, and those in which the actor sits; what runs stands first. */
export async function projectsOf(db: Db, actor: Actor, unitId?: number): Promise<ProjectShape[]> {
  const { rows } = await sql<ProjectShape>`${projects} where ${sees(actor)}
    ${
      unitId
        ? sql`and (p.unit_id in (select descendant_id from kernel.closure where ancestor_id = ${unitId} and valid_to > current_date) or ${seated(actor)})`
        : sql``
    } order by p.closed_on is not null, p.started_on desc, p.id desc limit 300`.execute(db)
  return rows
}

/** @throws Problem 404 */
export async function projectFor(db: Db | Tx, actor: Actor, id: number): Promise<ProjectShape> {
  const { rows } = await sql<ProjectShape>`${projects} where p.id = ${id} and ${sees(actor)}`.execute(db)
  if (!rows[0]) throw notFound('项目')
  return rows[0]
}

/** The project, held, while it runs. @throws Problem 404, 409 `project-closed` */
async function running(tx: Tx, actor: Actor, id: number): Promise<ProjectShape> {
  await sql`select 1 from congress.project where id = ${id} for update`.execute(tx)
  const project = await projectFor(tx, actor, id)
  if (project.closedOn) throw conflict('project-closed', `这个项目已于 ${project.closedOn} 办结，不能再改。`)
  return project
}

/**
 * Opens a project with the delegates sent to it. @returns its id
 * @throws Problem 403, 404 somebody not of the unit
 */
export async function openProject(tx: Tx, actor: Actor, input: ProjectInput): Promise<number> {
  await requirePermission(tx, actor, 'congress.write', input.unitId, 'congress.read')
  const people = [...new Set([input.representativeId, ...input.personIds])]
  const { rows: known } = await sql<{ id: number; name: string }>`
    select p.id, p.name from members.person p where p.id = any(${people}::bigint[]) and p.merged_into is null
      and exists (select from kernel.closure c where c.ancestor_id = ${input.unitId} and c.descendant_id = p.unit_id and c.valid_to > current_date)`.execute(
    tx,
  )
  if (known.length !== people.length) throw notFound('人员（须在本单位的花名册上）')
  const { rows } = await sql<{ id: number }>`
    insert into congress.project (unit_id, kind, title, democratic_right, stage, started_on, representative_id, created_by)
    values (${input.unitId}, ${input.kind}, ${input.title}, ${input.right ?? null}, ${input.stage ?? null}, ${input.startedOn}::date,
      ${input.representativeId}, ${actor.accountId}) returning id`.execute(tx)
  const { id } = rows[0]!
  await sql`insert into congress.project_seat (project_id, person_id, name)
    select ${id}, s.* from unnest(${known.map((one) => one.id)}::bigint[], ${known.map((one) => one.name)}::text[]) s`.execute(
    tx,
  )
  await fileProject(tx, actor, id)
  await audit(tx, actor, {
    action: 'congress.open-project',
    objectKind: 'congress-project',
    objectId: id,
    unitId: input.unitId,
    summary: `派 ${known.length} 名代表参与“${input.title}”（${input.kind}）`,
  })
  return id
}

/**
 * Writes down what a delegate of the panel said; a delegate may write the own words. @throws Problem 403, 404, 422 `not-on-panel` | `before-start`
 */
export async function say(
  tx: Tx,
  actor: Actor,
  id: number,
  opinion: { personId: number; words: string; saidOn: string },
): Promise<void> {
  const project = await running(tx, actor, id)
  if (opinion.personId !== actor.personId && !(await allows(tx, actor, 'congress.write', project.unitId)))
    throw forbidden('登记别人的意见')
  if (!project.panel.some((one) => one.personId === opinion.personId))
    throw refused('not-on-panel', '提意见的人不在这个项目的代表名单里，请核对。', { personId: '不在代表名单里' })
  if (opinion.saidOn < project.startedOn)
    throw refused('before-start', `项目从 ${project.startedOn} 开始，意见日期不能更早。`, { saidOn: '早于项目开始' })
  await sql`insert into congress.opinion (project_id, person_id, words, said_on, created_by)
    values (${id}, ${opinion.personId}, ${opinion.words}, ${opinion.saidOn}::date, ${actor.accountId})`.execute(tx)
  await fileProject(tx, actor, id)
  await audit(tx, actor, {
    action: 'congress.opinion',
    objectKind: 'congress-project',
    objectId: id,
    unitId: project.unitId,
    summary: `“${project.title}”登记意见一条`,
  })
}

/** What became of an opinion. @throws Problem 403, 404, 409 `decided-already`, 422 `before-said` */
export async function decideOpinion(
  tx: Tx,
  actor: Actor,
  opinionId: number,
  said: { outcome: string; answer: string; decidedOn: string },
): Promise<void> {
  const { rows } = await sql<{
    id: number
  }>`select project_id as id from congress.opinion where id = ${opinionId}`.execute(tx)
  if (!rows[0]) throw notFound('意见')
  const project = await running(tx, actor, rows[0].id)
  await requirePermission(tx, actor, 'congress.write', project.unitId)
  const opinion = project.opinions.find((one) => one.id === opinionId)!
  if (opinion.outcome) throw conflict('decided-already', '这条意见已经有处理结果。')
  if (said.decidedOn < opinion.saidOn)
    throw refused('before-said', `意见是 ${opinion.saidOn} 提出的，处理日期不能更早。`, { decidedOn: '早于提出日期' })
  await sql`update congress.opinion set outcome = ${said.outcome}, answer = ${said.answer}, decided_on = ${said.decidedOn}::date
    where id = ${opinionId}`.execute(tx)
  await fileProject(tx, actor, project.id)
  await audit(tx, actor, {
    action: 'congress.decide-opinion',
    objectKind: 'congress-project',
    objectId: project.id,
    unitId: project.unitId,
    summary: `“${project.title}”一条意见：${said.outcome}`,
  })
}

/** Ends a project; every word has been answered by then. @throws Problem 403, 404, 422 `opinions-open` */
export async function closeProject(
  tx: Tx,
  actor: Actor,
  id: number,
  end: { closedOn: string; written: boolean; conclusion: string },
): Promise<void> {
  const project = await running(tx, actor, id)
  await requirePermission(tx, actor, 'congress.write', project.unitId)
  const open = project.opinions.filter((one) => !one.outcome)
  if (open.length) throw refused('opinions-open', `还有 ${open.length} 条意见没有处理结果，请先逐条登记。`)
  if (end.closedOn < project.startedOn)
    throw refused('before-start', `项目从 ${project.startedOn} 开始，办结日期不能更早。`, { closedOn: '早于项目开始' })
  await sql`update congress.project set closed_on = ${end.closedOn}::date, written = ${end.written}, conclusion = ${end.conclusion}
    where id = ${id}`.execute(tx)
  await fileProject(tx, actor, id)
  await audit(tx, actor, {
    action: 'congress.close-project',
    objectKind: 'congress-project',
    objectId: id,
    unitId: project.unitId,
    summary: `办结“${project.title}”：意见 ${project.opinions.length} 条`,
  })
}

/** Files the project where participation is counted: one record, one line an opinion. */
async function fileProject(tx: Tx, actor: Actor, id: number): Promise<void> {
  const project = (await sql<ProjectShape>`${projects} where p.id = ${id}`.execute(tx)).rows[0]!
  const representative = project.panel.find((one) => one.personId === project.representativeId)!
  await keepRecords(tx, actor, participation, [
    {
      keptBy: `congress/projects/${id}`,
      draft: {
        unitId: project.unitId,
        happenedOn: project.startedOn,
        title: project.title,
        personId: project.representativeId,
        fields: {
          kind: project.kind,
          ...(project.right && { right: project.right }),
          ...(project.stage && { stage: project.stage }),
          representative: { id: representative.personId, name: representative.name },
          written: project.written,
        },
        lines: project.opinions.map((one) => ({
          fields: { opinion: one.words, outcome: one.outcome ?? '研究中' },
        })),
      },
    },
  ])
}
