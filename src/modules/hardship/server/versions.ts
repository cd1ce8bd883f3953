import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/actor.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import { openKeys } from '../../../kernel/crypto/keys.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { classify, type Classified } from '../classify.ts'
import type { HouseholdInput } from '../contract.ts'
import { parametersOn } from './parameters.ts'

/**
 * Writes down what somebody found of a family on a day, and sorts it by the standard of that day. The newest version counts;
 * none is ever changed.
 * @throws Problem 422 `in-future` | `no-standard` | `named-twice`
 */
export async function addVersion(
  tx: Tx,
  actor: Actor,
  dataDir: string,
  file: { id: number; unitId: number },
  found: HouseholdInput & { visitors?: string },
  reason: 'application' | 'check' | 'review',
  today: string,
): Promise<{ no: number; verdict: Classified }> {
  if (found.onDay > today) throw refused('in-future', '日期不能晚于今天。', { onDay: '不能晚于今天' })
  const names = found.relatives.map((relative) => relative.name)
  if (new Set(names).size < names.length)
    throw refused('named-twice', '同一名家属写了两次，家庭人口会多算。请删去重复的一行；确有同名的，请在名字后加注。', {
      relatives: '有重复的家属',
    })
  const standard = await parametersOn(tx, file.unitId, found.onDay)
  if (!standard)
    throw refused('no-standard', '本级和上级都还没有录入当地低保标准，无法判断困难类别。请先在“困难标准”中录入。')
  const verdict = classify({ ...found, familySize: names.length + 1 }, standard)
  const sealed = found.diagnosis?.trim()
    ? openKeys(dataDir).seal(found.diagnosis.trim(), 'hardship.version.diagnosis_sealed')
    : null
  const { rows } = await sql<{ no: number }>`
    insert into hardship.version (file_id, no, reason, on_day, ground, family, income_fen, rigid_fen, loss_fen, accident, exclusions,
      visitors, diagnosis_sealed, verdict, parameter_id, created_by, created_name)
    select ${file.id}, coalesce(max(no), 0) + 1, ${reason}, ${found.onDay}::date, ${found.ground}, ${JSON.stringify(found.relatives)}::jsonb,
      ${found.incomeFen}, ${found.rigidFen}, ${found.lossFen}, ${found.accident}, ${JSON.stringify(found.exclusions)}::jsonb,
      ${found.visitors ?? null}, ${sealed}, ${JSON.stringify(verdict)}::jsonb, ${standard.id}, ${actor.accountId}, ${actor.name}
    from hardship.version where file_id = ${file.id} returning no`.execute(tx)
  return { no: rows[0]!.no, verdict }
}
