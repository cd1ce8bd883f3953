import { sql } from 'kysely'
import { requirePermission, visibleTo } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import { addLines } from '../../../kernel/register/kept-lines.ts'
import { pupilPairings } from '../../hardship/public.ts'
import { householdsOf } from '../../members/public.ts'
import type { PairInput, PairRow } from '../contract.ts'
import { villagePairings } from '../registers/giving.ts'
import { FAMILY_AID, PAIR_KINDS, PUPIL_AID } from '../words.ts'

interface Pair {
  id: number
  unitId: number
  kind: 'family' | 'pupil'
  helperId: number
  familyId: number | null
  pupil: string | null
  classroom: string | null
  place: string | null
  startOn: string
  endOn: string | null
}

export async function listPairs(db: Db, actor: Actor, unitId: number): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    select p.id, u.name as "unitName", p.kind, h.name as "helperName", coalesce(f.name, p.pupil) as partner, p.start_on as "startOn",
      p.end_on as "endOn", p.end_reason as "endReason", p.consent_on as "consentOn",
      coalesce((select json_agg(json_build_object('on', a.on_day, 'item', a.item, 'amountFen', a.amount_fen) order by a.no)
        from charity.pair_aid a where a.pair_id = p.id), '[]') as aids
    from charity.pair p join kernel.unit_name u on u.id = p.unit_id join kernel.person_name h on h.id = p.helper_id
    left join kernel.person_name f on f.id = p.family_id
    where ${visibleTo(actor, 'charity.write', 'p.unit_id')} and exists (
      select from kernel.closure c where c.ancestor_id = ${unitId} and c.descendant_id = p.unit_id and c.valid_to = 'infinity')
    order by p.end_on nulls first, p.start_on desc limit 300`.execute(db)
  return rows
}

/** Pairs a member with a family or a pupil who agreed to it. @throws Problem 403 | 404, 409 `paired`, 422 `own-family` | `in-future` */
export async function addPair(tx: Tx, actor: Actor, draft: PairInput, today: string): Promise<{ id: number }> {
  await requirePermission(tx, actor, 'charity.write', draft.unitId, 'charity.read')
  if (draft.startOn > today) throw refused('in-future', '结对日期不能晚于今天。', { startOn: '不能晚于今天' })
  const people = [draft.helperId, ...(draft.familyId ? [draft.familyId] : [])]
  const { rows: known } = await sql<{ id: number }>`
    select id from kernel.person_name where id = any(${people}::bigint[]) and merged_into is null
      and (id <> ${draft.helperId} or kind = 'member')`.execute(tx)
  if (known.length < new Set(people).size)
    throw refused('person-unknown', '名册里没有这个人，请从名册中选择。', { helperId: '请从名册中选择' })
  if (draft.familyId === draft.helperId) throw refused('own-family', '不能和自己结对。', { familyId: '请选择另一户' })
  const { rows } = await sql<{ id: number }>`
    insert into charity.pair (unit_id, kind, helper_id, family_id, pupil, classroom, place, consent_on, start_on, created_by)
    values (${draft.unitId}, ${draft.kind}, ${draft.helperId}, ${draft.kind === 'family' ? draft.familyId! : null},
      ${draft.kind === 'pupil' ? draft.pupil! : null}, ${draft.classroom ?? null}, ${draft.place ?? null}, ${draft.consentOn}::date,
      ${draft.startOn}::date, ${actor.accountId})
    on conflict (helper_id, family_id) where end_on is null and family_id is not null do nothing returning id`.execute(
    tx,
  )
  if (!rows[0]) throw conflict('paired', '这名职工和这户家庭已经结对。')
  const { id } = rows[0]
  if (draft.kind === 'pupil') await filePupil(tx, actor, { ...draft, id, endOn: null } as Pair)
  await told(tx, actor, { id, unitId: draft.unitId }, 'charity.pair', `登记${PAIR_KINDS[draft.kind]}（第 ${id} 号）`)
  return { id }
}

const told = (tx: Tx, actor: Actor, pair: { id: number; unitId: number }, action: string, summary: string) =>
  audit(tx, actor, { action, objectKind: 'charity-pair', objectId: pair.id, unitId: pair.unitId, summary })

/** A pupil's pair is one record of 结对助学, whose lines are the aid; a family's aid is a visit each. */
async function filePupil(tx: Tx, actor: Actor, pair: Pair): Promise<number> {
  const month = Number(pair.startOn.slice(5, 7))
  const [recordId] = await keepRecords(tx, actor, pupilPairings, [
    {
      keptBy: `charity/pairs/${pair.id}`,
      draft: {
        unitId: pair.unitId,
        happenedOn: pair.startOn,
        personId: pair.helperId,
        fields: {
          pupil: pair.pupil,
          ...(pair.classroom && { classroom: pair.classroom }),
          term: month >= 2 && month < 8 ? '春季学期' : '秋季学期',
        },
      },
    },
  ])
  return recordId!
}

async function lockPair(tx: Tx, actor: Actor, id: number): Promise<Pair> {
  const { rows } = await sql<Pair>`
    select id, unit_id as "unitId", kind, helper_id as "helperId", family_id as "familyId", pupil, classroom, place,
      start_on as "startOn", end_on as "endOn" from charity.pair where id = ${id} for update`.execute(tx)
  if (!rows[0]) throw notFound('结对')
  await requirePermission(tx, actor, 'charity.write', rows[0].unitId, 'charity.read')
  if (rows[0].endOn) throw refused('ended', `已在 ${rows[0].endOn} 结束结对。`)
  return rows[0]
}

/** What the helper gave, on a day. @throws Problem 403 | 404, 422 `ended` | `in-future` | `before-start` | `item-mismatch` */
export async function addAid(
  tx: Tx,
  actor: Actor,
  id: number,
  aid: { on: string; item: string; amountFen: number },
  today: string,
): Promise<void> {
  const pair = await lockPair(tx, actor, id)
  if (aid.on > today) throw refused('in-future', '资助日期不能晚于今天。', { on: '不能晚于今天' })
  if (aid.on < pair.startOn)
    throw refused('before-start', `资助日期不能早于结对的 ${pair.startOn}。`, { on: '不能早于结对日期' })
  const allowed: readonly string[] = pair.kind === 'pupil' ? PUPIL_AID : FAMILY_AID
  if (!allowed.includes(aid.item)) throw refused('item-mismatch', '请选择这类结对的资助内容。', { item: '请重新选择' })
  const { rows } = await sql<{ no: number }>`
    insert into charity.pair_aid (pair_id, no, on_day, item, amount_fen)
    select ${id}, coalesce(max(no), 0) + 1, ${aid.on}::date, ${aid.item}, ${aid.amountFen} from charity.pair_aid where pair_id = ${id}
    returning no`.execute(tx)
  const { no } = rows[0]!
  if (pair.kind === 'pupil') {
    const { rows: kept } = await sql<{ id: number }>`
      select id from kernel.record where register = ${pupilPairings.id} and kept_by = ${`charity/pairs/${id}`} and state <> 'void'`.execute(
      tx,
    )
    const fields = { paidOn: aid.on, item: aid.item, ...(aid.amountFen && { amount: aid.amountFen }) }
    await addLines(tx, actor, pupilPairings, kept[0]!.id, [{ lineNo: no, fields }])
  } else {
    const households = await householdsOf(tx, [{ personId: pair.familyId!, unitId: pair.unitId }])
    await keepRecords(tx, actor, villagePairings, [
      {
        keptBy: `charity/pairs/${id}/${no}`,
        draft: {
          unitId: pair.unitId,
          happenedOn: aid.on,
          title: pair.place ?? '结对家庭',
          fields: {},
          lines: [
            {
              householdId: households.get(pair.familyId!)!,
              fields: { kind: aid.item, ...(aid.amountFen && { amount: aid.amountFen }) },
            },
          ],
        },
      },
    ])
  }
  await told(tx, actor, pair, 'charity.pair-aid', `登记第 ${id} 号结对的资助`)
}

/** Ends a pair; what was given stays. @throws Problem 403 | 404, 422 `ended` | `before-start` */
export async function endPair(tx: Tx, actor: Actor, id: number, end: { on: string; reason: string }): Promise<void> {
  const pair = await lockPair(tx, actor, id)
  if (end.on < pair.startOn) throw refused('before-start', '结束日期不能早于结对日期。', { on: '不能早于结对日期' })
  await sql`update charity.pair set end_on = ${end.on}::date, end_reason = ${end.reason} where id = ${id}`.execute(tx)
  await told(tx, actor, pair, 'charity.end-pair', `结束第 ${id} 号结对：${end.reason}`)
}
