import { sql } from 'kysely'
import { declaredPermissions, visibleTo } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { refused } from '../contract/problem.ts'
import type { Db } from '../db/database.ts'
import type { Field, Register } from './declaration.ts'
import { subjectField, type LineDraft, type Named, type RecordDraft } from './draft.ts'

interface Subject {
  kind: 'person' | 'household'
  id: number
  /** Key of the form's field, for the refusal. */
  at: string
  memberOnly: boolean
}

/** Everybody a draft names: its subjects, its lines' and the further persons in its fields. */
function subjectsOf(register: Register, draft: RecordDraft): Subject[] {
  const named: Subject[] = []
  const collect = (fields: readonly Field[], row: LineDraft, at: string): void => {
    for (const kind of ['person', 'household'] as const) {
      const subject = subjectField(fields, kind)
      const own = kind === 'person' ? row.personId : row.householdId
      if (own)
        named.push({
          kind,
          id: own,
          at: `${at}${subject ? `fields.${subject.id}` : '_'}`,
          memberOnly: subject?.memberOnly ?? false,
        })
      for (const field of fields) {
        const id = field.kind === kind && field !== subject && (row.fields[field.id] as Named | undefined)?.id
        if (id) named.push({ kind, id, at: `${at}fields.${field.id}`, memberOnly: field.memberOnly ?? false })
      }
    }
  }
  collect(register.fields, draft, '')
  for (const [at, line] of (draft.lines ?? []).entries()) collect(register.lines?.fields ?? [], line, `lines.${at}.`)
  return named
}

/**
 * A person or household named in a record must be one the actor could have picked: otherwise an id typed at random would
 * answer with a stranger's name. Whoever the record names already may stay, also after moving away.
 * @param recordId the record that is changed; null for a new one
 * @throws Problem 422 unknown-person | members-only
 */
export async function checkSubjects(
  db: Db,
  actor: Actor,
  register: Register,
  draft: RecordDraft,
  recordId: number | null,
): Promise<void> {
  const named = subjectsOf(register, draft)
  if (!named.length) return
  const idsOf = (kind: Subject['kind']): number[] => named.filter((one) => one.kind === kind).map((one) => one.id)
  const open = (unit: string, person: string) =>
    declaredPermissions().has('members.read') ? visibleTo(actor, 'members.read', unit, person) : sql`true`
  const { rows } = await sql<{ kind: Subject['kind']; id: number; member: boolean }>`
    with before as (
      select person_id, household_id, fields from kernel.record where id = ${recordId}
      union all select person_id, household_id, fields from kernel.record_line where record_id = ${recordId})
    select 'person' as kind, p.id, p.kind = 'member' as member from kernel.person_name p
    where p.id = any(${idsOf('person')}::bigint[]) and (${open('p.unit_id', 'p.id')} or exists (select from before b
      where b.person_id = p.id or jsonb_path_exists(b.fields, '$.*.id ? (@ == $id)', jsonb_build_object('id', p.id))))
    union all
    select 'household', h.id, false from kernel.household_name h
    where h.id = any(${idsOf('household')}::bigint[]) and (${open('h.unit_id', 'h.head_id')} or exists (select from before b
      where b.household_id = h.id or jsonb_path_exists(b.fields, '$.*.id ? (@ == $id)', jsonb_build_object('id', h.id))))`.execute(
    db,
  )
  const found = new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]))
  const unknown = named.filter((one) => !found.has(`${one.kind} ${one.id}`))
  if (unknown.length)
    throw refused(
      'unknown-person',
      `“${register.title}”中有人员已不存在，或不在您可以查看的单位，请重新选择。`,
      Object.fromEntries(unknown.map((one) => [one.at, '请重新选择'])),
    )
  // A contact made for another ledger must not slip into a field for members.
  const others = named.filter((one) => one.memberOnly && !found.get(`${one.kind} ${one.id}`)!.member)
  if (others.length)
    throw refused(
      'members-only',
      '有一栏只能填写花名册中的会员，请重新选择。',
      Object.fromEntries(others.map((one) => [one.at, '这里只能填写花名册中的会员。'])),
    )
}
