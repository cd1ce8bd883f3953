import { sql } from 'kysely'
import { allows, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { audit } from '../../../kernel/audit/audit.ts'
import type { Keys } from '../../../kernel/crypto/keys.ts'
import { conflict, notFound, refused } from '../../../kernel/contract/problem.ts'
import type { Db, Tx } from '../../../kernel/db/database.ts'
import { personInitials } from '../../../kernel/pinyin/initials.ts'
import { pathOf, UNKNOWN_SINCE, type PathStep } from '../../organisation/public.ts'
import { normaliseNumber, readIdNumber } from '../id-number.ts'
import { tagOf, type Gender, type JoinKind, type LeaveKind, type MembershipState, type Status } from '../words.ts'
import { enrol, openTags } from './enrol.ts'
import { addKin, kinOf, type Kin, type NewKin } from './households.ts'
import { changingPeople, openMembership } from './memberships.ts'
import { sealNumbers, type Numbers } from './secrets.ts'

export interface PersonDetail {
  id: number
  kind: 'member' | 'contact'
  name: string
  gender: Gender | null
  bornOn: string | null
  staffNo: string | null
  unitId: number
  path: PathStep[]
  idLast4: string | null
  phoneLast4: string | null
  bankLast4: string | null
  employment: string | null
  status: Status
  version: number
  memberships: {
    unitName: string
    joinedOn: string | null
    leftOn: string | null
    retainedOn: string | null
    state: MembershipState
    joinKind: JoinKind
    leaveKind: LeaveKind | null
  }[]
  tags: { id: number; tag: string; since: string | null; until: string | null; evidence: string | null }[]
  kin: Kin[]
}

/** The row a person id stands for today: merged rows resolve to the one that was kept. */
export async function resolvePerson(db: Db | Tx, id: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with recursive chain as (
      select id, merged_into, 0 as step from members.person where id = ${id}
      union all
      select p.id, p.merged_into, c.step + 1 from chain c join members.person p on p.id = c.merged_into where c.step < 20
    ) select id from chain order by step desc limit 1`.execute(db)
  if (!rows[0]) throw notFound('人员')
  return rows[0].id
}

/** Everything of one person the page shows; numbers by their last four only. @throws Problem 404 */
export async function personDetail(db: Db, actor: Actor, someId: number): Promise<PersonDetail> {
  const id = await resolvePerson(db, someId)
  const { rows } = await sql<Omit<PersonDetail, 'path' | 'memberships' | 'tags' | 'kin'>>`
    select id, kind, name, gender, born_on as "bornOn", staff_no as "staffNo", unit_id as "unitId", id_last4 as "idLast4",
      phone_last4 as "phoneLast4", bank_last4 as "bankLast4", employment, status, version
    from members.person where id = ${id}`.execute(db)
  const person = rows[0]!
  if (actor.personId !== id && !(await allows(db, actor, 'members.read', person.unitId))) throw notFound('会员')
  const [path, memberships, tags, kin] = await Promise.all([
    pathOf(db, person.unitId),
    sql<PersonDetail['memberships'][number]>`
      select u.name as "unitName", nullif(m.joined_on, ${UNKNOWN_SINCE}::date) as "joinedOn", m.left_on as "leftOn",
        nullif(m.retained_on, ${UNKNOWN_SINCE}::date) as "retainedOn", m.state, m.join_kind as "joinKind", m.leave_kind as "leaveKind"
      from members.membership m join organisation.unit u on u.id = m.unit_id
      where m.person_id = any(select id from members.person where id = ${id} or merged_into = ${id}) order by m.joined_on desc, m.id desc`.execute(
      db,
    ),
    sql<PersonDetail['tags'][number]>`
      select id, tag, nullif(since, ${UNKNOWN_SINCE}::date) as since, case when valid_to < 'infinity' then valid_to end as until, evidence
      from members.tag t where person_id = ${id}
        -- a tag that went on at another unit is one tag
        and not exists (select from members.tag n where n.person_id = t.person_id and n.tag = t.tag and n.valid_from = t.valid_to)
      order by valid_to desc, id`.execute(db),
    kinOf(db, id),
  ])
  return { ...person, path, memberships: memberships.rows, tags: tags.rows, kin }
}

export interface NewMember extends Numbers {
  name: string
  unitId: number
  gender?: Gender | null
  bornOn?: string | null
  staffNo?: string | null
  joinedOn?: string | null
  employment?: string | null
  tags?: readonly string[]
  kin?: readonly NewKin[]
  document?: string | null
}

/** Checks numbers typed into a form and takes birthday and gender from an ID number. @throws Problem 422 at the fields */
export function checkNumbers<Given extends Numbers & { gender?: Gender | null; bornOn?: string | null }>(
  given: Given,
  today: string,
): Given {
  const fields: Record<string, string> = {}
  const next = { ...given }
  if (given.idNo) {
    const read = readIdNumber(given.idNo, today)
    if (typeof read === 'string') fields.idNo = read
    else {
      next.idNo = read.number
      if (read.kind === 'citizen') {
        if (given.gender && given.gender !== read.gender) fields.gender = '性别与证件号码不一致，请核对。'
        if (given.bornOn && given.bornOn !== read.bornOn) fields.bornOn = '出生日期与证件号码不一致，请核对。'
        next.gender = read.gender
        next.bornOn = read.bornOn
      }
    }
  }
  if (given.phone) {
    next.phone = normaliseNumber(given.phone).replace(/^\+?86(?=1\d{10}$)/, '')
    if (!/^1[3-9]\d{9}$|^0?\d{7,12}$/.test(next.phone)) fields.phone = '电话号码格式不正确，请核对。'
  }
  if (given.bank) {
    next.bank = normaliseNumber(given.bank)
    if (!/^\d{12,30}$/.test(next.bank)) fields.bank = '银行卡号应为 12 至 30 位数字，请核对。'
  }
  if (Object.keys(fields).length) throw refused('invalid-input', '有内容未填写正确，请按提示修改后再提交。', fields)
  return next
}

/**
 * Adds one member directly, with the office's word that joining was approved (an application goes through hands first).
 * @returns the person's id
 * @throws Problem 409 already-member
 */
export async function addMember(tx: Tx, actor: Actor, keys: Keys, draft: NewMember, today: string): Promise<number> {
  await requirePermission(tx, actor, 'members.approve', draft.unitId, 'members.read')
  return joinUnion(tx, actor, keys, draft, today)
}

/** Joining as such; permissions are the caller's. */
export async function joinUnion(tx: Tx, actor: Actor, keys: Keys, draft: NewMember, today: string): Promise<number> {
  const checked = checkNumbers(draft, today)
  const secrets = sealNumbers(keys, checked)
  if (secrets.idNoHash) {
    const { rows } = await sql<{ open: boolean }>`
      select exists (select from members.membership m where m.person_id = p.id and m.left_on is null) as open
      from members.person p where p.id_no_hash = ${secrets.idNoHash} and p.merged_into is null`.execute(tx)
    if (rows[0]?.open)
      throw conflict('already-member', '这个证件号码的人已是会员，不能重复入会；在其他单位的请办理会员转移。')
    if (rows[0]) throw conflict('was-member', '这个证件号码的人曾经登记过，请用花名册导入恢复会籍，以接续原来的记录。')
  }
  const [id] = await enrol(tx, actor, [
    {
      ...secrets,
      name: checked.name.trim(),
      gender: checked.gender ?? null,
      bornOn: checked.bornOn ?? null,
      staffNo: checked.staffNo?.trim() || null,
      unitId: checked.unitId,
      joinedOn: checked.joinedOn ?? null,
      joinKind: checked.joinedOn ? 'join' : 'opening',
      retainedOn: null,
      status: 'active',
      employment: checked.employment ?? null,
      tags: (checked.tags ?? []).map((tag) => ({ tag: tagOf(tag), since: null })),
      kin: checked.kin ?? [],
      document: checked.document ?? null,
    },
  ])
  await audit(tx, actor, {
    action: 'members.join',
    objectKind: 'person',
    objectId: id,
    unitId: checked.unitId,
    summary: `${checked.name}入会${checked.joinedOn ? `（${checked.joinedOn}）` : ''}`,
  })
  return id!
}

export interface PersonEdit extends Numbers {
  version: number
  name?: string
  gender?: Gender | null
  bornOn?: string | null
  staffNo?: string | null
  employment?: string | null
  kin?: readonly NewKin[]
}

/** Corrects a person's particulars. A number left out stays; an empty one is taken away. @throws Problem 409 edited-meanwhile */
export async function editPerson(
  tx: Tx,
  actor: Actor,
  keys: Keys,
  id: number,
  edit: PersonEdit,
  today: string,
): Promise<void> {
  const { rows } = await sql<{ unitId: number; name: string; gender: Gender | null; version: number }>`
    select unit_id as "unitId", name, gender, version from members.person where id = ${id} and merged_into is null for update`.execute(
    tx,
  )
  const person = rows[0]
  if (!person) throw notFound('人员')
  await requirePermission(tx, actor, 'members.write', person.unitId, 'members.read')
  if (person.version !== edit.version)
    throw conflict('edited-meanwhile', '这名会员的资料刚被别人修改过，请刷新后再改。')
  const checked = checkNumbers(edit, today)
  const secrets = sealNumbers(keys, checked)
  if (secrets.idNoHash) {
    const twin =
      await sql`select 1 from members.person where id_no_hash = ${secrets.idNoHash} and merged_into is null and id <> ${id}`.execute(
        tx,
      )
    if (twin.rows.length)
      throw refused('id-no-taken', '这个证件号码已登记在另一人名下；若是同一人，请到“重复人员”办理合并。', {
        idNo: '与另一人重复',
      })
  }
  const has = (field: keyof PersonEdit): boolean => checked[field] !== undefined
  const set = async (): Promise<void> => {
    await sql`
      update members.person set version = version + 1
        ${has('name') ? sql`, name = ${checked.name!.trim()}, initials = ${personInitials(checked.name!.trim())}` : sql``}
        ${has('gender') ? sql`, gender = ${checked.gender}` : sql``}
        ${has('bornOn') ? sql`, born_on = ${checked.bornOn}::date` : sql``}
        ${has('staffNo') ? sql`, staff_no = ${checked.staffNo?.trim() || null}` : sql``}
        ${has('employment') ? sql`, employment = ${checked.employment || null}` : sql``}
        ${has('idNo') ? sql`, id_no_sealed = ${secrets.idNoSealed}, id_no_hash = ${secrets.idNoHash}, id_last4 = ${secrets.idLast4}` : sql``}
        ${has('phone') ? sql`, phone_sealed = ${secrets.phoneSealed}, phone_hash = ${secrets.phoneHash}, phone_last4 = ${secrets.phoneLast4}` : sql``}
        ${has('bank') ? sql`, bank_sealed = ${secrets.bankSealed}, bank_last4 = ${secrets.bankLast4}` : sql``}
      where id = ${id}`.execute(tx)
  }
  if (has('gender') && checked.gender !== person.gender) await changingPeople(tx, actor, [id], '更正性别', set)
  else await set()
  if (edit.kin?.length) await addKin(tx, [{ personId: id, unitId: person.unitId, kin: edit.kin }])
  await audit(tx, actor, {
    action: 'members.edit',
    objectKind: 'person',
    objectId: id,
    unitId: person.unitId,
    summary: `修改${person.name}的资料`,
    // Names of fields only: the audit holds no number.
    detail: { fields: Object.keys(edit).filter((field) => field !== 'version') },
  })
}

/** Gives a member an identity tag from a day on, with what proves it. */
export async function giveTag(
  tx: Tx,
  actor: Actor,
  personId: number,
  given: { tag: string; since: string; evidence?: string | null },
  today: string,
): Promise<void> {
  const member = await openMembership(tx, personId)
  await requirePermission(tx, actor, 'members.write', member.unitId, 'members.read')
  const tag = tagOf(given.tag)
  if (!tag || tag.length > 20) throw refused('tag', '请填写标签，不超过 20 个字。', { tag: '请填写标签' })
  if (given.since > today) throw refused('tag-later', '标签的起始日期不能在今天之后。', { since: '在今天之后' })
  const held =
    await sql`select 1 from members.tag where person_id = ${personId} and tag = ${tag} and valid_to = 'infinity'`.execute(
      tx,
    )
  if (held.rows.length) throw conflict('tag-held', `${member.name}已有“${tag}”标签。`)
  await changingPeople(tx, actor, [personId], `加标签“${tag}”`, () =>
    openTags(tx, [
      {
        personId,
        unitId: member.unitId,
        tag,
        since: given.since,
        evidence: given.evidence ?? null,
        validFrom: given.since > member.joinedOn ? given.since : member.joinedOn,
      },
    ]),
  )
  await audit(tx, actor, {
    action: 'members.tag',
    objectKind: 'person',
    objectId: personId,
    unitId: member.unitId,
    summary: `给${member.name}加标签“${tag}”（自 ${given.since}）`,
    detail: { ...given },
  })
}

/** Ends a tag on a day; a tag given by mistake (ended before it began) never was. */
export async function endTag(
  tx: Tx,
  actor: Actor,
  personId: number,
  tag: string,
  until: string,
  today: string,
): Promise<void> {
  const member = await openMembership(tx, personId)
  await requirePermission(tx, actor, 'members.write', member.unitId, 'members.read')
  if (until > today) throw refused('tag-later', '标签的终止日期不能在今天之后。', { until: '在今天之后' })
  await changingPeople(tx, actor, [personId], `终止标签“${tag}”`, async () => {
    const removed =
      await sql`delete from members.tag where person_id = ${personId} and tag = ${tag} and valid_to = 'infinity'
      and valid_from >= ${until}::date`.execute(tx)
    const ended =
      await sql`update members.tag set valid_to = ${until}::date where person_id = ${personId} and tag = ${tag}
      and valid_to = 'infinity'`.execute(tx)
    if (!Number(removed.numAffectedRows) && !Number(ended.numAffectedRows)) throw notFound('标签')
  })
  await audit(tx, actor, {
    action: 'members.end-tag',
    objectKind: 'person',
    objectId: personId,
    unitId: member.unitId,
    summary: `终止${member.name}的标签“${tag}”（${until}）`,
  })
}
