import type pg from 'pg'
import { declaredPermissions } from '../access/access.ts'
import type { Actor, Grant } from '../access/actor.ts'

/**
 * The small world: one federation, two companies with two branches each, twelve invented people. Tests name people and
 * units instead of making random ones, so that a reader knows who may see whom. See the table in README.md.
 */
const units = [
  { code: 'county', name: '清河县总工会', shortName: '县总工会', type: 'federation', parent: null },
  { code: 'east', name: '东风机械公司工会', shortName: '东风工会', type: 'union', parent: 'county' },
  { code: 'east-1', name: '铸造车间分工会', shortName: '铸造分会', type: 'branch', parent: 'east' },
  { code: 'east-2', name: '装配车间分工会', shortName: '装配分会', type: 'branch', parent: 'east' },
  { code: 'south', name: '南湖纺织公司工会', shortName: '南湖工会', type: 'union', parent: 'county' },
  { code: 'south-1', name: '纺纱车间分工会', shortName: '纺纱分会', type: 'branch', parent: 'south' },
  { code: 'south-2', name: '后勤分工会', shortName: '后勤分会', type: 'branch', parent: 'south' },
] as const

/** `office`: where the person holds office; the grants cover that unit and everything below. */
const people = [
  { name: '王芳', gender: 'f', bornOn: '1975-04-12', staffNo: 'C001', unit: 'county', office: 'county', post: '主席' },
  { name: '李强', gender: 'm', bornOn: '1978-09-03', staffNo: 'E001', unit: 'east-2', office: 'east', post: '主席' },
  {
    name: '张敏',
    gender: 'f',
    bornOn: '1986-01-20',
    staffNo: 'E101',
    unit: 'east-1',
    office: 'east-1',
    post: '分会主席',
  },
  { name: '刘洋', gender: 'm', bornOn: '1990-07-15', staffNo: 'E102', unit: 'east-1', office: null, post: null },
  { name: '陈静', gender: 'f', bornOn: '1992-11-08', staffNo: 'E103', unit: 'east-1', office: null, post: null },
  { name: '杨帆', gender: 'm', bornOn: '1983-05-30', staffNo: 'E201', unit: 'east-2', office: null, post: null },
  { name: '赵磊', gender: 'm', bornOn: '1969-12-01', staffNo: 'E202', unit: 'east-2', office: null, post: null },
  { name: '周婷', gender: 'f', bornOn: '1980-03-25', staffNo: 'S001', unit: 'south-2', office: 'south', post: '主席' },
  {
    name: '吴刚',
    gender: 'm',
    bornOn: '1985-08-18',
    staffNo: 'S101',
    unit: 'south-1',
    office: 'south-1',
    post: '分会主席',
  },
  { name: '孙丽', gender: 'f', bornOn: '1994-02-14', staffNo: 'S102', unit: 'south-1', office: null, post: null },
  { name: '郑浩', gender: 'm', bornOn: '1988-10-09', staffNo: 'S103', unit: 'south-1', office: null, post: null },
  { name: '何平', gender: 'm', bornOn: '1972-06-27', staffNo: 'S201', unit: 'south-2', office: null, post: null },
] as const

export type UnitCode = (typeof units)[number]['code']
export type PersonName = (typeof people)[number]['name']

export interface World {
  /** Id of a unit by its code. */
  unit(code: UnitCode): number
  /** Id of a person by name. */
  person(name: PersonName): number
  /**
   * The person as an actor. Officers hold every declared permission on their unit and below, members the same on their
   * own rows; `permissions` narrows it. Account ids equal person ids. Declare the module's permissions first.
   */
  as(name: PersonName, permissions?: readonly string[]): Actor
}

/** Everybody joined on 1 January 2020; units stand since 2010. */
const joinedOn = '2020-01-01'
const foundedOn = '2010-05-01'

/** Builds the small world in an empty, migrated database. @param owner `ownerPool` of `testDatabase()` */
export async function smallWorld(owner: pg.Pool): Promise<World> {
  const unitIds = new Map<string, number>()
  for (const [order, unit] of units.entries()) {
    const parentId = unit.parent ? unitIds.get(unit.parent)! : null
    const { rows } = await owner.query<{ id: number }>(
      `insert into organisation.unit (code, name, short_name, type, parent_id, founded_on, sort_key)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [unit.code, unit.name, unit.shortName, unit.type, parentId, foundedOn, order],
    )
    unitIds.set(unit.code, rows[0]!.id)
  }
  // A branch has no account of its own: its layer is the union above.
  await owner.query(`
    update organisation.unit u set layer_id = case when u.type = 'branch' then u.parent_id else u.id end;
    insert into organisation.unit_version (unit_id, name, type, parent_id, valid_from)
      select id, name, type, parent_id, founded_on from organisation.unit;
    with recursive tree (ancestor, descendant, depth) as (
      select id, id, 0 from organisation.unit
      union all
      select t.ancestor, u.id, t.depth + 1 from tree t join organisation.unit u on u.parent_id = t.descendant)
    insert into kernel.closure (ancestor_id, descendant_id, depth) select ancestor, descendant, depth from tree`)

  const personIds = new Map<string, number>()
  for (const person of people) {
    const unitId = unitIds.get(person.unit)!
    const { rows } = await owner.query<{ id: number }>(
      `insert into members.person (name, gender, born_on, staff_no, unit_id) values ($1, $2, $3, $4, $5) returning id`,
      [person.name, person.gender, person.bornOn, person.staffNo, unitId],
    )
    personIds.set(person.name, rows[0]!.id)
    await owner.query('insert into members.membership (person_id, unit_id, joined_on) values ($1, $2, $3)', [
      rows[0]!.id,
      unitId,
      joinedOn,
    ])
  }

  return {
    unit: (code) => unitIds.get(code)!,
    person: (name) => personIds.get(name)!,
    as(name, permissions = [...declaredPermissions().keys()]) {
      const who = people.find((person) => person.name === name)!
      const unitId = unitIds.get(who.office ?? who.unit)!
      const scope: Grant['scope'] = who.office ? 'below' : 'own'
      const unitName = units.find((unit) => unit.code === (who.office ?? who.unit))!.name
      return {
        accountId: personIds.get(name)!,
        personId: personIds.get(name)!,
        name,
        grants: permissions.map((permission) => ({ permission, unitId, scope })),
        office: who.office ? `${unitName}·${who.post}` : `${unitName}·会员`,
        kind: 'person',
      }
    },
  }
}
