import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { operator } from '../../../kernel/access/actor.ts'
import { testDatabase } from '../../../kernel/testing/database.ts'
import '../../../modules.ts'
import { addUnit } from '../../organisation/public.ts'

const { db, ownerPool: owner } = await testDatabase()
const actor = operator('试')

/** The definitions, asked afresh of the sources. */
const families = sql`
  select person_id, min(id)::int as id from (
    select h.head_id as person_id, h.id from members.household h
    union all select k.person_id, k.household_id from members.kin k
    union all select h.head_id, other.id from members.household h join members.kin k on k.household_id = h.id
      join members.household other on other.head_id = k.person_id) known group by person_id order by person_id`

const kept = sql`select person_id, family_id::int as id from members.family_of order by person_id`

test('who belongs to which family follows every household and every relative, whatever comes first', async () => {
  const { id: unitId } = await db
    .transaction()
    .execute((tx) => addUnit(tx, actor, { code: 'f', name: '家庭工会', type: 'union' }))
  await sql`insert into members.person (name, staff_no, unit_id) select '职工' || n, 'F' || n, ${unitId} from generate_series(1, 30) n`.execute(
    db,
  )
  const { rows: people } = await sql<{ id: number }>`select id from members.person order by id`.execute(db)
  const ids = people.map(({ id }) => id)
  const same = async () => expect((await kept.execute(db)).rows).toEqual((await families.execute(db)).rows)
  // A fixed run of pairs that joins, rejoins and chains families.
  for (let step = 0; step < 60; step++) {
    const head = ids[(step * 7) % ids.length]!
    const relative = ids[(step * 11 + 5) % ids.length]!
    await sql`insert into members.household (unit_id, head_id) values (${unitId}, ${head}) on conflict do nothing`.execute(
      db,
    )
    if (head === relative) continue
    if (step % 5 === 4) await sql`delete from members.kin where person_id = ${relative}`.execute(db)
    else
      await sql`insert into members.kin (household_id, person_id, relation)
        select id, ${relative}, '配偶' from members.household where head_id = ${head} on conflict do nothing`.execute(
        db,
      )
    if (step % 10 === 9)
      await sql`update members.kin set person_id = ${ids[step % ids.length]!} where (household_id, person_id) in
        (select household_id, person_id from members.kin k where not exists (select from members.kin o where o.household_id = k.household_id
          and o.person_id = ${ids[step % ids.length]!}) limit 1)`.execute(db)
    await same()
  }
  expect((await kept.execute(db)).rows.length).toBeGreaterThan(20)
  // Nobody else may write it, and no household changes hands unseen.
  await expect(sql`update members.family_of set family_id = family_id`.execute(db)).rejects.toThrow(/permission denied/)
  await expect(
    sql`update members.household set head_id = ${ids[0]!} where head_id = (select max(head_id) from members.household)`.execute(
      db,
    ),
  ).rejects.toThrow(/keeps its head/)
})

test('what a programme may know of a file follows the file and its newest finding, and is read through its door alone', async () => {
  const unitId = (await sql<{ id: number }>`select id from organisation.unit`.execute(db)).rows[0]!.id
  const personId = (await sql<{ id: number }>`select min(id) as id from members.person`.execute(db)).rows[0]!.id
  const look = async () =>
    (
      await sql<object>`select category, found_on::text as "foundOn", checked, family_size as "familySize", income_fen::int as "incomeFen", spouse
        from hardship.standing_file where unit_id = ${unitId}`.execute(db)
    ).rows
  const { rows } = await owner.query(
    `insert into hardship.file (unit_id, person_id, state, category, filed_on, review_on, created_by)
       values ($1, $2, 'draft', null, null, null, 0) returning id`,
    [unitId, personId],
  )
  const fileId = rows[0].id
  const version = (no: number, reason: string, family: string, income: number) =>
    owner.query(
      `insert into hardship.version (file_id, no, reason, on_day, ground, family, income_fen, rigid_fen, loss_fen, accident, exclusions, verdict, created_by, created_name)
         values ($1, $2, $3, ('2026-01-0' || $2::int)::date, '其他', $4, $5, 0, 0, false, '[]', '{}', 0, '试')`,
      [fileId, no, reason, family, income],
    )
  await version(1, 'application', '[]', 5)
  expect(await look()).toEqual([])
  await owner.query(
    `update hardship.file set state = 'on-file', category = '相对困难', filed_on = '2026-01-02', review_on = '2027-01-02' where id = $1`,
    [fileId],
  )
  expect(await look()).toEqual([
    { category: '相对困难', foundOn: '2026-01-01', checked: false, familySize: 1, incomeFen: 5, spouse: null },
  ])
  await version(2, 'check', '[{"name": "桂英", "relation": "配偶"}]', 7)
  expect(await look()).toEqual([
    { category: '相对困难', foundOn: '2026-01-02', checked: true, familySize: 2, incomeFen: 7, spouse: '桂英' },
  ])
  expect((await sql`select * from hardship.standing_now`.execute(db)).rows).toEqual([])
  await owner.query(
    `update hardship.file set state = 'lifted', lifted_on = '2026-02-01', lift_reason = '收入提高' where id = $1`,
    [fileId],
  )
  expect(await look()).toEqual([])
})

test('union and family stand beside the finding as membership and kin change, whatever comes first', async () => {
  const [first, second] = await db.transaction().execute(async (tx) => {
    const one = await addUnit(tx, actor, { code: 's1', name: '甲工会', type: 'union' })
    const two = await addUnit(tx, actor, { code: 's2', name: '乙工会', type: 'union' })
    return [one.id, two.id]
  })
  const { rows: people } = await sql<{ id: number }>`
    insert into members.person (name, staff_no, unit_id) select '困难职工' || n, 'S' || n, ${first} from generate_series(1, 12) n
    returning id`.execute(db)
  const ids = people.map(({ id }) => id)
  const file = async (personId: number) => {
    const { rows } = await owner.query(
      `insert into hardship.file (unit_id, person_id, state, category, filed_on, review_on, created_by)
         values ($1, $2, 'on-file', '相对困难', '2026-01-02', '2027-01-02', 0) returning id`,
      [first, personId],
    )
    await owner.query(
      `insert into hardship.version (file_id, no, reason, on_day, ground, family, income_fen, rigid_fen, loss_fen, accident, exclusions, verdict, created_by, created_name)
         values ($1, 1, 'application', '2026-01-01', '其他', '[]', 5, 0, 0, false, '[]', '{}', 0, '试')`,
      [rows[0].id],
    )
  }
  const kept = () =>
    sql`select person_id, member_unit_id, member_state, joined_on, family_id from hardship.standing_file
      where person_id = any(${ids}) order by person_id`.execute(db)
  const afresh = () =>
    owner.query(
      `select f.person_id, m.unit_id as member_unit_id, m.state as member_state, m.joined_on, y.family_id
       from hardship.file f left join members.membership m on m.person_id = f.person_id and m.left_on is null
         left join members.family_of y on y.person_id = f.person_id
       where f.person_id = any($1) order by f.person_id`,
      [ids],
    )
  const steps: ((personId: number, other: number) => Promise<unknown>)[] = [
    (personId) => file(personId).catch(() => {}),
    (personId) =>
      sql`insert into members.membership (person_id, unit_id, joined_on) values (${personId}, ${first}, '2020-01-01')
        on conflict do nothing`.execute(db),
    (personId) =>
      sql`insert into members.household (unit_id, head_id) values (${first}, ${personId}) on conflict do nothing`.execute(
        db,
      ),
    (personId, other) =>
      sql`insert into members.kin (household_id, person_id, relation)
        select id, ${other}, '配偶' from members.household where head_id = ${personId} on conflict do nothing`.execute(
        db,
      ),
    (personId) =>
      sql`update members.membership set state = 'retained', retained_on = '2026-01-05' where person_id = ${personId} and left_on is null`.execute(
        db,
      ),
    (personId) =>
      sql`update members.membership set left_on = '2026-02-01', leave_kind = 'leave' where person_id = ${personId} and left_on is null`.execute(
        db,
      ),
    (personId) =>
      sql`insert into members.membership (person_id, unit_id, joined_on) values (${personId}, ${second}, '2026-01-01')
        on conflict do nothing`.execute(db),
    (_, other) => sql`delete from members.kin where person_id = ${other}`.execute(db),
  ]
  for (let step = 0; step < 160; step++) {
    const personId = ids[(step * 5) % ids.length]!
    const other = ids[(step * 7 + 1) % ids.length]!
    if (personId !== other) await steps[(step * 3 + Math.floor(step / 8)) % steps.length]!(personId, other)
    expect((await kept()).rows).toEqual((await afresh()).rows)
  }
  const { rows } = await kept()
  expect(rows.length).toBeGreaterThan(8)
  for (const column of ['member_unit_id', 'member_state', 'joined_on', 'family_id'])
    expect(new Set(rows.map((row) => (row as Record<string, unknown>)[column])).size, column).toBeGreaterThan(1)
})
