import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { cellText } from '../src/kernel/xlsx/cell.ts'
import { openWorkbook } from '../src/kernel/xlsx/read.ts'
import { columnNames } from '../src/modules/members/server/roster-read.ts'

type Field = string | number | null
const line = (fields: readonly Field[]): string => `${fields.map((field) => field ?? '\\N').join('\t')}\n`

/** The sealed columns get noise of the right length and no other work: sealing is our cost, not the floor's. */
const noise = randomBytes(64).toString('hex')
const sealed = (text: string): string | null => (text ? `\\\\x${noise.slice(0, 2 * (30 + text.length))}` : null)
const hash = (text: string): string | null => (text ? `\\\\x${createHash('sha256').update(text).digest('hex')}` : null)

const personColumns = `id, kind, status, name, initials, gender, born_on, staff_no, unit_id, id_no_sealed, id_no_hash, id_last4,
  phone_sealed, phone_hash, phone_last4, bank_sealed, bank_last4, employment`

/**
 * The least any importer of this workbook must do: parse it as it streams and COPY the rows it ends as into the same
 * tables with all their indexes and foreign keys, in one transaction. No checks, no duplicates, no sealing, no preview.
 * @returns members written
 */
export async function floorImport(appUrl: string, file: string, rootId: number): Promise<number> {
  const client = new pg.Client(appUrl)
  await client.connect()
  const copy = (table: string, columns: string, rows: Iterable<string> | AsyncIterable<string>): Promise<void> =>
    pipeline(
      Readable.from(rows, { objectMode: false }),
      client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
    )
  const { rows: units } = await client.query<{ id: number; code: string }>(
    `select u.id, u.code from kernel.closure c join organisation.unit u on u.id = c.descendant_id where c.ancestor_id = $1`,
    [rootId],
  )
  const unitOf = new Map(units.map((unit) => [unit.code, unit.id]))
  /** A block of ids, taken before they are needed as rows of different tables name each other. */
  const first = async (table: string, howMany: number): Promise<number> => {
    const { rows } = await client.query<{ id: number }>(
      `select min(nextval(ids.sequence)) as id
       from (select pg_get_serial_sequence($1, 'id')::regclass as sequence offset 0) ids, generate_series(1, $2::int)`,
      [table, howMany],
    )
    return rows[0]!.id
  }
  let personId = await first('members.person', 120_000)
  let membershipId = await first('members.membership', 100_000)
  let tagId = await first('members.tag', 40_000)
  let householdId = await first('members.household', 20_000)
  const later = {
    contacts: [] as string[],
    memberships: [] as string[],
    tags: [] as string[],
    facts: [] as string[],
    households: [] as string[],
    kin: [] as string[],
  }
  const tally = new Map<string, number>()
  const count = (key: string, unit: number): void =>
    void tally.set(`${unit}\t${key}`, (tally.get(`${unit}\t${key}`) ?? 0) + 1)
  let members = 0

  async function* people(): AsyncGenerator<string> {
    const workbook = await openWorkbook(file)
    let text = ''
    for await (const row of workbook.sheets[0]!.rows()) {
      if (row.rowNo === 1) continue
      const [name, gender, idNo, bornOn, staffNo, phone, unitCode, joinedOn, state, tag, employment, kin, bank] =
        columnNames.map((_, place) => cellText(row.cells[place])) as [
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
        ]
      const unit = unitOf.get(unitCode)!
      const sex = gender === '男' ? 'm' : 'f'
      const retained = state === '保留会籍'
      const id = personId++
      const membership = membershipId++
      members++
      text += line([
        id,
        'member',
        retained ? 'retained' : 'active',
        name,
        'abc',
        sex,
        bornOn,
        staffNo,
        unit,
        sealed(idNo),
        hash(idNo),
        idNo.slice(-4),
        sealed(phone),
        hash(phone),
        phone.slice(-4),
        sealed(bank),
        bank ? bank.slice(-4) : null,
        employment,
      ])
      later.memberships.push(
        line([membership, id, unit, joinedOn, retained ? joinedOn : null, retained ? 'retained' : 'normal', 'join']),
      )
      const fact = (measure: string, dims: string, kind: string, ref: number): void =>
        void later.facts.push(line([measure, unit, joinedOn, 1, id, dims, kind, ref, 0]))
      fact(
        'members.roster',
        `{"gender":"${sex}","state":"${retained ? 'retained' : 'normal'}"}`,
        'membership',
        membership,
      )
      fact('members.joined', `{"gender":"${sex}"}`, 'membership', membership)
      count('all', unit)
      if (sex === 'f') count('women', unit)
      if (retained) count('retained', unit)
      if (tag) {
        later.tags.push(line([tagId, id, unit, tag, joinedOn, joinedOn]))
        fact('members.tagged', `{"tag":"${tag}"}`, 'tag', tagId++)
        count(`tag:${tag}`, unit)
      }
      if (kin) {
        const [relative, relation] = kin.split('/') as [string, string]
        const contact = personId++
        later.contacts.push(
          line([contact, 'contact', 'contact', relative, 'ab', null, null, null, unit, ...Array(9).fill(null)]),
        )
        later.households.push(line([householdId, unit, id]))
        later.kin.push(line([contact, householdId++, relation]))
      }
      if (text.length > 64 * 1024) {
        yield text
        text = ''
      }
    }
    workbook.close()
    yield text
  }

  await client.query('begin')
  await copy('members.person', personColumns, people())
  await copy('members.person', personColumns, later.contacts)
  await copy(
    'members.membership',
    'id, person_id, unit_id, joined_on, retained_on, state, join_kind',
    later.memberships,
  )
  await copy('members.tag', 'id, person_id, unit_id, tag, since, valid_from', later.tags)
  await copy(
    'kernel.fact',
    'measure, unit_id, on_date, quantity, person_id, dims, ref_kind, ref_id, posted_by',
    later.facts,
  )
  await copy('members.household', 'id, unit_id, head_id', later.households)
  await copy('members.kin', 'person_id, household_id, relation', later.kin)
  await client.query('create temporary table floor_tally (unit_id bigint, key text, people int) on commit drop')
  await copy(
    'floor_tally',
    'unit_id, key, people',
    [...tally].map(([place, people]) => `${place}\t${people}\n`),
  )
  await client.query(`insert into members.tally (unit_id, key, people) select * from floor_tally
    on conflict (key, unit_id) do update set people = tally.people + excluded.people`)
  await client.query(
    `insert into kernel.audit (actor_id, actor_name, office, action, object_kind, summary) values (0, '', '', 'floor', 'import', '')`,
  )
  await client.query('commit')
  await client.end()
  return members
}
